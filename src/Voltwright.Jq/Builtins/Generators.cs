using Voltwright.Jq.Evaluation;

namespace Voltwright.Jq.Builtins;

/// <summary><c>range(from; upto; by)</c>: the first argument varies slowest.</summary>
internal sealed class RangeFilter(Filter from, Filter upto, Filter by) : Filter
{
    public override Flow Run(Machine m, Env? env, JsonValue input, Trail? trail, Sink sink) =>
        Next(m, env, input, trail, sink, from, first => Next(m, env, input, trail, sink, upto, end =>
            Next(m, env, input, trail, sink, by, step => Count(m, input, first, end, step, trail, sink))));

    private static Flow Next(Machine m, Env? env, JsonValue input, Trail? trail, Sink sink, Filter argument, Func<JsonValue, Flow> rest)
    {
        if (!argument.Single)
            return argument.Run(m, env, input, null, new EachSink(rest));
        var value = argument.Eval(m, env, input);
        return value.IsSignal ? m.FlowOf(value, sink) : rest(value);
    }

    private static Flow Count(Machine m, JsonValue input, JsonValue from, JsonValue upto, JsonValue by, Trail? trail, Sink sink)
    {
        if (!from.IsNumber || !upto.IsNumber || !by.IsNumber)
            return m.Raise("Range bounds must be numeric");
        var (at, end, step) = (from.Number, upto.Number, by.Number);
        while (step > 0 ? at < end : step < 0 && at > end)
        {
            if (!m.Step() || sink.Take(at, trail?.To(input, at)) == Flow.Stop)
                return Flow.Stop;
            at += step;
        }

        return Flow.Go;
    }

    private sealed class EachSink(Func<JsonValue, Flow> rest) : Sink
    {
        public override Flow Take(JsonValue value, Trail? trail) => rest(value);
    }
}

/// <summary><c>first(f)</c>.</summary>
internal sealed class FirstFilter : Filter
{
    private readonly Filter _body;

    public FirstFilter(Filter body) => (_body, Single) = (body, true);

    public override JsonValue Eval(Machine m, Env? env, JsonValue input)
    {
        if (_body.Single)
            return _body.Eval(m, env, input);
        var first = new OneSink(m);
        return _body.Run(m, env, input, null, first) == Flow.Stop && !m.Absorb(first) ? JsonValue.Failed : first.Value;
    }

    public override Flow Run(Machine m, Env? env, JsonValue input, Trail? trail, Sink sink)
    {
        var first = new OneSink(m);
        if (_body.Run(m, env, input, trail, first) == Flow.Stop && !m.Absorb(first))
            return Flow.Stop;
        return first.Value.IsNothing ? Flow.Go : sink.Take(first.Value, first.Trail);
    }

    private sealed class OneSink(Machine m) : Sink
    {
        public JsonValue Value { get; private set; } = JsonValue.Nothing;

        public Trail? Trail { get; private set; }

        public override Flow Take(JsonValue value, Trail? trail)
        {
            (Value, Trail) = (value, trail);
            return m.StopFor(this);
        }
    }
}

/// <summary><c>last(f)</c>: nothing when there is nothing.</summary>
internal sealed class LastFilter : Filter
{
    private readonly Filter _body;

    public LastFilter(Filter body) => (_body, Single) = (body, true);

    public override JsonValue Eval(Machine m, Env? env, JsonValue input)
    {
        var last = new LastSink();
        return _body.Run(m, env, input, null, last) == Flow.Stop ? JsonValue.Failed : last.Value;
    }

    public override Flow Run(Machine m, Env? env, JsonValue input, Trail? trail, Sink sink)
    {
        var last = new LastSink();
        if (_body.Run(m, env, input, trail, last) == Flow.Stop)
            return Flow.Stop;
        return last.Value.IsNothing ? Flow.Go : sink.Take(last.Value, last.Trail);
    }
}

/// <summary><c>limit(n; f)</c>: stops asking after the n-th output.</summary>
internal sealed class LimitFilter(Filter count, Filter body) : Filter
{
    public override Flow Run(Machine m, Env? env, JsonValue input, Trail? trail, Sink sink) =>
        count.Run(m, env, input, null, new CountSink(body, m, env, input, trail, sink));

    private sealed class CountSink(Filter body, Machine m, Env? env, JsonValue input, Trail? trail, Sink sink) : Sink
    {
        public override Flow Take(JsonValue value, Trail? none)
        {
            if (value.CompareTo(0) <= 0)
                return value.CompareTo(0) < 0 ? m.Raise("limit doesn't support negative count") : Flow.Go;
            if (!value.IsNumber)
                return m.FlowOf(Arithmetic.Subtract(m, value, 1), sink);
            var taken = new TakeSink(m, value.Number, sink);
            return body.Run(m, env, input, trail, taken) == Flow.Stop && !m.Absorb(taken) ? Flow.Stop : Flow.Go;
        }
    }

    private sealed class TakeSink(Machine m, double left, Sink sink) : Sink
    {
        private double _left = left;

        public override Flow Take(JsonValue value, Trail? trail)
        {
            if (sink.Take(value, trail) == Flow.Stop)
                return Flow.Stop;
            return --_left <= 0 ? m.StopFor(this) : Flow.Go;
        }
    }
}

/// <summary><c>skip(n; f)</c>.</summary>
internal sealed class SkipFilter(Filter count, Filter body) : Filter
{
    public override Flow Run(Machine m, Env? env, JsonValue input, Trail? trail, Sink sink) =>
        count.Run(m, env, input, null, new CountSink(body, m, env, input, trail, sink));

    private sealed class CountSink(Filter body, Machine m, Env? env, JsonValue input, Trail? trail, Sink sink) : Sink
    {
        public override Flow Take(JsonValue value, Trail? none)
        {
            if (value.CompareTo(0) < 0)
                return m.Raise("skip doesn't support negative count");
            if (!value.IsNumber)
                return m.FlowOf(Arithmetic.Subtract(m, value, 1), sink);
            return body.Run(m, env, input, trail, new DropSink(value.Number, sink));
        }
    }

    private sealed class DropSink(double left, Sink sink) : Sink
    {
        private double _left = left;

        public override Flow Take(JsonValue value, Trail? trail) => _left-- > 0 ? Flow.Go : sink.Take(value, trail);
    }
}

/// <summary><c>isempty(f)</c>: asks for one output at most; an error before it is an error.</summary>
internal sealed class IsEmptyFilter : Filter
{
    private readonly FirstFilter _first;

    public IsEmptyFilter(Filter body) => (_first, Single) = (new(body), true);

    public override JsonValue Eval(Machine m, Env? env, JsonValue input)
    {
        var value = _first.Eval(m, env, input);
        return value.IsFailed ? value : value.IsNothing;
    }
}

/// <summary><c>..</c>: the value and everything inside, parents first.</summary>
internal sealed class DescendFilter : Filter
{
    public override Flow Run(Machine m, Env? env, JsonValue input, Trail? trail, Sink sink)
    {
        if (trail is { IsDetached: true })
            return m.Raise($"Invalid path expression near attempt to iterate through {Kinds.Excerpt(input)}");
        return Descend(m, input, trail, sink);
    }

    private static Flow Descend(Machine m, JsonValue value, Trail? trail, Sink sink)
    {
        if (!m.Step() || sink.Take(value, trail) == Flow.Stop)
            return Flow.Stop;
        if (!System.Runtime.CompilerServices.RuntimeHelpers.TryEnsureSufficientExecutionStack())
            return m.OnStack(() => Inside(m, value, trail, sink));
        return Inside(m, value, trail, sink);
    }

    private static Flow Inside(Machine m, JsonValue value, Trail? trail, Sink sink)
    {
        if (value.Content is JsonArray items)
        {
            for (var i = 0; i < items.Count; i++)
            {
                if (Descend(m, items[i], trail?.Add(i), sink) == Flow.Stop)
                    return Flow.Stop;
            }
        }
        else if (value.Content is JsonObject members)
        {
            for (var i = 0; i < members.Count; i++)
            {
                if (Descend(m, members.ValueAt(i), trail?.Add(members.KeyAt(i)), sink) == Flow.Stop)
                    return Flow.Stop;
            }
        }

        return Flow.Go;
    }
}
