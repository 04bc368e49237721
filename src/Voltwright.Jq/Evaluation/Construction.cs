using Voltwright.Jq.Paths;

namespace Voltwright.Jq.Evaluation;

/// <summary><c>[content]</c>.</summary>
internal sealed class ArrayFilter : Filter
{
    private const int MostAtOnce = 16;

    private readonly Filter _content;

    public ArrayFilter(Filter content) => (_content, Single) = (content, true);

    public override JsonValue Eval(Machine m, Env? env, JsonValue input)
    {
        if (_content.Single)
        {
            var value = _content.Eval(m, env, input);
            return value.IsFailed ? value : value.IsNothing ? JsonArray.Empty : JsonArray.Of(value);
        }

        if (input.Content is JsonArray elements && _content is PipeFilter { Left: IterateFilter, Right: { Single: true } each })
            return Map(m, env, elements, each);
        var items = new ListSink(m);
        return _content.Run(m, env, input, null, items) == Flow.Stop ? JsonValue.Failed : items.ToArray();
    }

    /// <summary><c>[.[] | each]</c> over an array, the most frequent loop, without a sink between its parts.</summary>
    private static JsonValue Map(Machine m, Env? env, JsonArray elements, Filter each)
    {
        var items = new ListSink(m, Math.Min(elements.Count, MostAtOnce));
        for (var i = 0; i < elements.Count; i++)
        {
            if (!m.Step())
                return JsonValue.Failed;
            var value = each.Eval(m, env, elements[i]);
            if (value.IsNothing)
                continue;
            if ((value.IsSignal ? m.Finish(m.FlowOf(value, items)) : items.Take(value, null)) == Flow.Stop)
                return JsonValue.Failed;
        }

        return items.ToArray();
    }
}

/// <summary>Collects outputs within the memory budget.</summary>
internal sealed class ListSink(Machine m, int room = 0) : Sink
{
    private JsonValue[] _items = room == 0 ? [] : new JsonValue[room];
    private int _count;

    public override Flow Take(JsonValue value, Trail? trail)
    {
        if (_count == _items.Length)
        {
            var size = Math.Max(4, _count * 2);
            if (!m.Charge(16L * (size - _count)))
                return Flow.Stop;
            Array.Resize(ref _items, size);
        }

        _items[_count++] = value;
        return Flow.Go;
    }

    public JsonArray ToArray() => JsonArray.Wrap(_items, _count);
}

/// <summary><c>{key: value, …}</c>. Of several outputs the last member's vary fastest.</summary>
internal sealed class ObjectFilter : Filter
{
    private readonly Filter[] _keys;
    private readonly Filter?[] _values;
    private readonly JsonObject? _shape;

    public ObjectFilter(Filter[] keys, Filter?[] values)
    {
        (_keys, _values) = (keys, values);
        Single = Array.TrueForAll(keys, k => k.Single) && Array.TrueForAll(values, v => v is null || v.Single);
        var names = keys.Select(k => (k as ConstantFilter)?.Value.Content as string).ToArray();
        if (Single && !values.Contains(null) && names.All(n => n is not null) && names.Distinct().Count() == names.Length)
            _shape = JsonObject.Of([.. names.Select(n => (n!, default(JsonValue)))]);
    }

    public override JsonValue Eval(Machine m, Env? env, JsonValue input)
    {
        if (_shape is not null)
            return EvalShape(m, env, input);
        var result = new JsonObject.Builder();
        for (var i = 0; i < _keys.Length; i++)
        {
            var key = _keys[i].Eval(m, env, input);
            if (key.IsSignal)
                return key;
            var value = _values[i]?.Eval(m, env, input) ?? Access.Get(m, input, key);
            if (value.IsSignal)
                return value;
            if (!key.TryGetString(out var name))
                return Refuse(m, key);
            result.Set(name, value);
        }

        return result.ToObject();
    }

    public override Flow Run(Machine m, Env? env, JsonValue input, Trail? trail, Sink sink) => Single
        ? base.Run(m, env, input, trail, sink)
        : Next(m, env, input, trail, sink, 0, JsonObject.Empty);

    private static JsonValue Refuse(Machine m, JsonValue key) =>
        m.Fail($"Cannot use {Kinds.Name(key)} ({Kinds.Excerpt(key)}) as object key");

    private JsonValue EvalShape(Machine m, Env? env, JsonValue input)
    {
        var values = new JsonValue[_values.Length];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = _values[i]!.Eval(m, env, input);
            if (values[i].IsSignal)
                return values[i];
        }

        return _shape!.WithValues(values);
    }

    private Flow Next(Machine m, Env? env, JsonValue input, Trail? trail, Sink sink, int index, JsonObject soFar)
    {
        if (index == _keys.Length)
            return sink.Take(soFar, trail?.To(input, soFar));
        return _keys[index].Run(m, env, input, null, new KeySink(this, m, env, input, trail, sink, index, soFar));
    }

    private sealed class KeySink(
        ObjectFilter filter, Machine m, Env? env, JsonValue input, Trail? trail, Sink sink, int index, JsonObject soFar) : Sink
    {
        public override Flow Take(JsonValue value, Trail? none)
        {
            var rest = new ValueSink(filter, m, env, input, trail, sink, index, soFar, value);
            if (filter._values[index] is { } member)
                return member.Run(m, env, input, null, rest);
            var found = Access.Get(m, input, value);
            return found.IsSignal ? Flow.Stop : rest.Take(found, null);
        }
    }

    private sealed class ValueSink(
        ObjectFilter filter, Machine m, Env? env, JsonValue input, Trail? trail, Sink sink, int index, JsonObject soFar, JsonValue key) : Sink
    {
        public override Flow Take(JsonValue value, Trail? none) => key.TryGetString(out var name)
            ? filter.Next(m, env, input, trail, sink, index + 1, soFar.With(name, value))
            : m.FlowOf(Refuse(m, key), sink);
    }
}
