using Voltwright.Jq.Paths;

namespace Voltwright.Jq.Evaluation;

internal sealed class IdentityFilter : Filter
{
    public IdentityFilter() => Single = true;

    public override JsonValue Eval(Machine m, Env? env, JsonValue input) => input;

    public override bool Rewrites => true;

    public override JsonValue Rewrite(Machine m, Env? env, JsonValue input, Func<JsonValue, JsonValue> change) => change(input);

    public override Flow Run(Machine m, Env? env, JsonValue input, Trail? trail, Sink sink) => sink.Take(input, trail);
}

internal sealed class ConstantFilter : Filter
{
    public ConstantFilter(JsonValue value) => (Value, Single) = (value, true);

    public JsonValue Value { get; }

    public override JsonValue Eval(Machine m, Env? env, JsonValue input) => Value;

    /// <summary>A number or text written in the program is never the one at hand, though it may equal it.</summary>
    public override Flow Run(Machine m, Env? env, JsonValue input, Trail? trail, Sink sink) =>
        sink.Take(Value, Value.IsNumber || Value.IsString ? trail?.Leave(input) : trail?.To(input, Value));
}

/// <summary><c>.name</c> of the input.</summary>
internal sealed class FieldFilter : Filter
{
    private const int MostPlaces = 32;

    private readonly JsonValue _key;
    private readonly string _name;
    private Place? _place;
    private int _places;

    public FieldFilter(string name) => (_name, _key, Single) = (name, name, true);

    public override JsonValue Eval(Machine m, Env? env, JsonValue input)
    {
        if (input.Content is not JsonObject members)
            return input.IsNull ? default : Access.Get(m, input, _key);
        // Objects built alike share their keys: what was found in one is found at the same place in the next.
        var place = _place;
        if (place is not null && ReferenceEquals(place.Keys, members.Table) && place.Index < members.Count)
            return members.ValueAt(place.Index);
        return Find(members);
    }

    public override bool Rewrites => true;

    public override JsonValue Rewrite(Machine m, Env? env, JsonValue input, Func<JsonValue, JsonValue> change)
    {
        var old = Eval(m, env, input);
        var changed = old.IsSignal ? old : change(old);
        if (changed.IsFailed)
            return changed;
        if (changed.IsNothing && input.TryGetObject(out var members))
            return members.Without(_name);
        if (changed.IsNothing || m.Untouched)
        {
            m.Untouched = input.IsNull;
            return input;
        }

        return Updates.Set(m, input, _key, changed);
    }

    public override Flow Run(Machine m, Env? env, JsonValue input, Trail? trail, Sink sink) => IndexFilter.Push(m, input, _key, trail, sink);

    private JsonValue Find(JsonObject members)
    {
        var index = members.IndexOf(_name);
        if (index < 0)
            return default;
        if (_places < MostPlaces)
        {
            _places++;
            _place = new Place(members.Table, index);
        }

        return members.ValueAt(index);
    }

    private sealed record Place(KeyTable Keys, int Index);
}

/// <summary><c>.[key]</c> of the input, with the key computed from the target's own input.</summary>
internal sealed class IndexFilter : Filter
{
    private readonly Filter _target;
    private readonly Filter _key;

    public IndexFilter(Filter target, Filter key) => (_target, _key, Single) = (target, key, target.Single && key.Single);

    public override JsonValue Eval(Machine m, Env? env, JsonValue input)
    {
        var key = _key.Eval(m, env, input);
        if (key.IsSignal)
            return key;
        var target = _target.Eval(m, env, input);
        return target.IsSignal ? target : Access.Get(m, target, key);
    }

    public override Flow Run(Machine m, Env? env, JsonValue input, Trail? trail, Sink sink) =>
        trail is null && Single ? base.Run(m, env, input, trail, sink) : _key.Run(m, env, input, null, new KeySink(this, m, env, input, trail, sink));

    public static Flow Push(Machine m, JsonValue target, JsonValue key, Trail? trail, Sink sink)
    {
        if (trail is { IsDetached: true })
            return m.Raise($"Invalid path expression near attempt to access element {Kinds.Excerpt(key)} of {Kinds.Excerpt(target)}");
        var value = Access.Get(m, target, key);
        return value.IsSignal ? m.FlowOf(value, sink) : sink.Take(value, trail?.Add(key));
    }

    private sealed class KeySink(IndexFilter filter, Machine m, Env? env, JsonValue input, Trail? trail, Sink sink) : Sink
    {
        public override Flow Take(JsonValue value, Trail? none) =>
            filter._target.Run(m, env, input, trail, new TargetSink(m, value, sink));
    }

    private sealed class TargetSink(Machine m, JsonValue key, Sink sink) : Sink
    {
        public override Flow Take(JsonValue value, Trail? trail) => Push(m, value, key, trail, sink);
    }
}

/// <summary>The key object of a slice: <c>{start, end}</c>.</summary>
internal sealed class SliceKeyFilter : Filter
{
    private readonly Filter _from;
    private readonly Filter _to;

    public SliceKeyFilter(Filter from, Filter to) => (_from, _to, Single) = (from, to, from.Single && to.Single);

    public override JsonValue Eval(Machine m, Env? env, JsonValue input)
    {
        var from = _from.Eval(m, env, input);
        if (from.IsSignal)
            return from;
        var to = _to.Eval(m, env, input);
        return to.IsSignal ? to : Access.SliceKey(from, to);
    }

    public override Flow Run(Machine m, Env? env, JsonValue input, Trail? trail, Sink sink) =>
        Single ? base.Run(m, env, input, trail, sink) : _from.Run(m, env, input, null, new FromSink(_to, m, env, input, sink));

    private sealed class FromSink(Filter to, Machine m, Env? env, JsonValue input, Sink sink) : Sink
    {
        public override Flow Take(JsonValue value, Trail? trail) => to.Run(m, env, input, null, new ToSink(value, sink));
    }

    private sealed class ToSink(JsonValue from, Sink sink) : Sink
    {
        public override Flow Take(JsonValue value, Trail? trail) => sink.Take(Access.SliceKey(from, value), null);
    }
}

/// <summary><c>.[]</c> of the input.</summary>
internal sealed class IterateFilter : Filter
{
    public override bool Rewrites => true;

    public override JsonValue Rewrite(Machine m, Env? env, JsonValue input, Func<JsonValue, JsonValue> change) => input.Content switch
    {
        JsonArray array => Rewrite(m, array, change),
        JsonObject members => Rewrite(m, members, change),
        _ => m.Fail(Access.CannotIterate(m, input)),
    };

    public override Flow Run(Machine m, Env? env, JsonValue input, Trail? trail, Sink sink)
    {
        if (trail is { IsDetached: true })
            return m.Raise($"Invalid path expression near attempt to iterate through {Kinds.Excerpt(input)}");
        return input.Content switch
        {
            JsonArray array => Items(m, array, trail, sink),
            JsonObject members => Members(m, members, trail, sink),
            _ => m.Raise(Access.CannotIterate(m, input)),
        };
    }

    private static JsonValue Rewrite(Machine m, JsonArray array, Func<JsonValue, JsonValue> change)
    {
        if (!m.Charge(16L * array.Count))
            return JsonValue.Failed;
        var items = new JsonValue[array.Count];
        var count = 0;
        for (var i = 0; i < items.Length; i++)
        {
            var changed = m.Step() ? change(array[i]) : JsonValue.Failed;
            m.Untouched = false;
            if (changed.IsFailed)
                return changed;
            if (!changed.IsNothing)
                items[count++] = changed;
        }

        return JsonArray.Wrap(items, count);
    }

    private static JsonValue Rewrite(Machine m, JsonObject members, Func<JsonValue, JsonValue> change)
    {
        if (!m.Charge(16L * members.Count))
            return JsonValue.Failed;
        var values = new JsonValue[members.Count];
        var gone = false;
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = m.Step() ? change(members.ValueAt(i)) : JsonValue.Failed;
            m.Untouched = false;
            if (values[i].IsFailed)
                return values[i];
            gone |= values[i].IsNothing;
        }

        return gone ? members.WithoutNothing(values) : members.WithValues(values);
    }

    private static Flow Items(Machine m, JsonArray array, Trail? trail, Sink sink)
    {
        for (var i = 0; i < array.Count; i++)
        {
            if (!m.Step() || sink.Take(array[i], trail?.Add(i)) == Flow.Stop)
                return Flow.Stop;
        }

        return Flow.Go;
    }

    private static Flow Members(Machine m, JsonObject members, Trail? trail, Sink sink)
    {
        for (var i = 0; i < members.Count; i++)
        {
            if (!m.Step() || sink.Take(members.ValueAt(i), trail?.Add(members.KeyAt(i))) == Flow.Stop)
                return Flow.Stop;
        }

        return Flow.Go;
    }
}
