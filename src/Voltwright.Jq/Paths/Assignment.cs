using Voltwright.Jq.Evaluation;

namespace Voltwright.Jq.Paths;

/// <summary><c>target = value</c>: for each value, all the target's paths are set to it.</summary>
internal sealed class SetFilter : Filter
{
    private readonly Filter _target;
    private readonly Filter _value;

    public SetFilter(Filter target, Filter value) => (_target, _value, Single) = (target, value, value.Single);

    public override JsonValue Eval(Machine m, Env? env, JsonValue input)
    {
        var value = _value.Eval(m, env, input);
        return value.IsSignal ? value : Set(m, env, input, value);
    }

    public override Flow Run(Machine m, Env? env, JsonValue input, Trail? trail, Sink sink) => Single
        ? base.Run(m, env, input, trail, sink)
        : _value.Run(m, env, input, null, new ValueSink(this, m, env, input, trail, sink));

    private JsonValue Set(Machine m, Env? env, JsonValue input, JsonValue value)
    {
        if (_target.Rewrites)
            return _target.Rewrite(m, env, input, _ => value);
        var change = new ChangeSink(m, input, value);
        return _target.Run(m, env, input, Trail.Root, change) == Flow.Stop ? JsonValue.Failed : change.Result;
    }

    private sealed class ValueSink(SetFilter filter, Machine m, Env? env, JsonValue input, Trail? trail, Sink sink) : Sink
    {
        public override Flow Take(JsonValue value, Trail? none)
        {
            var result = filter.Set(m, env, input, value);
            return result.IsSignal ? m.FlowOf(result, sink) : sink.Take(result, trail?.To(input, result));
        }
    }

    private sealed class ChangeSink(Machine m, JsonValue input, JsonValue value) : Sink
    {
        public JsonValue Result { get; private set; } = input;

        public override Flow Take(JsonValue found, Trail? trail)
        {
            if (!m.Step())
                return Flow.Stop;
            if (trail!.IsDetached)
                return m.Raise($"Invalid path expression with result {Kinds.Excerpt(found)}");
            Result = Updates.SetPath(m, Result, trail.ToArray(), value);
            return Result.IsFailed ? Flow.Stop : Flow.Go;
        }
    }
}

/// <summary><c>target |= update</c>: each path gets the update's first output, and is deleted where there is none.</summary>
internal sealed class UpdateFilter : Filter
{
    private readonly Filter _target;
    private readonly FirstOf _update;

    public UpdateFilter(Filter target, Filter update) => (_target, _update, Single) = (target, new(update), true);

    public override JsonValue Eval(Machine m, Env? env, JsonValue input)
    {
        if (_target.Rewrites)
        {
            var rewritten = _target.Rewrite(m, env, input, old => _update.Of(m, env, old));
            m.Untouched = false;
            return rewritten.IsNothing ? default : rewritten;
        }

        var change = new ChangeSink(m, env, _update, input);
        if (_target.Run(m, env, input, Trail.Root, change) == Flow.Stop)
            return JsonValue.Failed;
        return change.Doomed.Count == 0 ? change.Result : Updates.Delete(m, change.Result, JsonArray.From(change.Doomed));
    }

    private sealed class FirstOf(Filter update)
    {
        private readonly Builtins.FirstFilter _first = new(update);

        public JsonValue Of(Machine m, Env? env, JsonValue input) => _first.Eval(m, env, input);
    }

    private sealed class ChangeSink(Machine m, Env? env, FirstOf update, JsonValue input) : Sink
    {
        public JsonValue Result { get; private set; } = input;

        public List<JsonValue> Doomed { get; } = [];

        public override Flow Take(JsonValue found, Trail? trail)
        {
            if (!m.Step())
                return Flow.Stop;
            if (trail!.IsDetached)
                return m.Raise($"Invalid path expression with result {Kinds.Excerpt(found)}");
            if (trail.Length > Updates.LongestPath)
                return m.Raise("Path too deep");
            var path = trail.ToArray();
            var result = Updates.Update(m, Result, path, 0, old => update.Of(m, env, old));
            if (result.IsFailed)
                return Flow.Stop;
            if (result.IsNothing)
                Doomed.Add(path);
            else
                Result = result;
            return Flow.Go;
        }
    }
}
