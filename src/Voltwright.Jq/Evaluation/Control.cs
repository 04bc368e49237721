namespace Voltwright.Jq.Evaluation;

internal sealed class PipeFilter : Filter
{
    private readonly Filter _left;
    private readonly Filter _right;

    public PipeFilter(Filter left, Filter right) => (_left, _right, Single) = (left, right, left.Single && right.Single);

    public Filter Left => _left;

    public Filter Right => _right;

    public override JsonValue Eval(Machine m, Env? env, JsonValue input)
    {
        var value = _left.Eval(m, env, input);
        return value.IsSignal ? value : _right.Eval(m, env, value);
    }

    public override bool Rewrites => _left.Rewrites && _right.Rewrites;

    public override JsonValue Rewrite(Machine m, Env? env, JsonValue input, Func<JsonValue, JsonValue> change) =>
        _left.Rewrite(m, env, input, inner => _right.Rewrite(m, env, inner, change));

    public override Flow Run(Machine m, Env? env, JsonValue input, Trail? trail, Sink sink)
    {
        if (trail is not null || !_left.Single)
            return _left.Run(m, env, input, trail, new RightSink(_right, m, env, sink));
        var value = _left.Eval(m, env, input);
        return value.IsSignal ? m.FlowOf(value, sink) : _right.Run(m, env, value, null, sink);
    }

    private sealed class RightSink(Filter right, Machine m, Env? env, Sink sink) : Sink
    {
        public override Flow Take(JsonValue value, Trail? trail)
        {
            if (!right.Single || trail is not null)
                return m.Finish(right.Run(m, env, value, trail, sink));
            value = right.Eval(m, env, value);
            return value.IsSignal ? m.Finish(m.FlowOf(value, sink)) : sink.Take(value, null);
        }
    }
}

internal sealed class CommaFilter(Filter left, Filter right) : Filter
{
    public override Flow Run(Machine m, Env? env, JsonValue input, Trail? trail, Sink sink) =>
        !m.Step() || left.Run(m, env, input, trail, sink) == Flow.Stop ? Flow.Stop : right.Run(m, env, input, trail, sink);
}

internal sealed class EmptyFilter : Filter
{
    public EmptyFilter() => Single = true;

    public override bool Rewrites => true;

    public override JsonValue Rewrite(Machine m, Env? env, JsonValue input, Func<JsonValue, JsonValue> change) => input;

    public override JsonValue Eval(Machine m, Env? env, JsonValue input) => JsonValue.Nothing;

    public override Flow Run(Machine m, Env? env, JsonValue input, Trail? trail, Sink sink) => Flow.Go;
}

internal sealed class IfFilter : Filter
{
    private readonly Filter _condition;
    private readonly Filter _then;
    private readonly Filter _else;

    public IfFilter(Filter condition, Filter then, Filter otherwise) =>
        (_condition, _then, _else, Single) = (condition, then, otherwise, condition.Single && then.Single && otherwise.Single);

    public override JsonValue Eval(Machine m, Env? env, JsonValue input)
    {
        var condition = _condition.Eval(m, env, input);
        return condition.IsSignal ? condition : (condition.IsTruthy ? _then : _else).Eval(m, env, input);
    }

    public override bool Rewrites => _condition.Single && _then.Rewrites && _else.Rewrites;

    public override JsonValue Rewrite(Machine m, Env? env, JsonValue input, Func<JsonValue, JsonValue> change)
    {
        var condition = _condition.Eval(m, env, input);
        if (condition.IsSignal)
            return condition.IsNothing ? input : condition;
        return (condition.IsTruthy ? _then : _else).Rewrite(m, env, input, change);
    }

    public override Flow Run(Machine m, Env? env, JsonValue input, Trail? trail, Sink sink)
    {
        if (!_condition.Single)
            return _condition.Run(m, env, input, null, new BranchSink(this, m, env, input, trail, sink));
        var condition = _condition.Eval(m, env, input);
        return condition.IsSignal ? m.FlowOf(condition, sink) : (condition.IsTruthy ? _then : _else).Run(m, env, input, trail, sink);
    }

    private sealed class BranchSink(IfFilter filter, Machine m, Env? env, JsonValue input, Trail? trail, Sink sink) : Sink
    {
        public override Flow Take(JsonValue value, Trail? none) =>
            m.Finish((value.IsTruthy ? filter._then : filter._else).Run(m, env, input, trail, sink));
    }
}

/// <summary><c>and</c>, <c>or</c>: the right side is asked only where the left one does not decide.</summary>
internal sealed class LogicFilter : Filter
{
    private readonly Filter _left;
    private readonly Filter _right;
    private readonly bool _deciding;

    public LogicFilter(bool deciding, Filter left, Filter right) =>
        (_deciding, _left, _right, Single) = (deciding, left, right, left.Single && right.Single);

    public override JsonValue Eval(Machine m, Env? env, JsonValue input)
    {
        var left = _left.Eval(m, env, input);
        if (left.IsSignal || left.IsTruthy == _deciding)
            return left.IsSignal ? left : _deciding;
        var right = _right.Eval(m, env, input);
        return right.IsSignal ? right : right.IsTruthy;
    }

    public override Flow Run(Machine m, Env? env, JsonValue input, Trail? trail, Sink sink) => Single
        ? base.Run(m, env, input, trail, sink)
        : _left.Run(m, env, input, null, new LeftSink(this, m, env, input, trail, sink));

    private sealed class LeftSink(LogicFilter filter, Machine m, Env? env, JsonValue input, Trail? trail, Sink sink) : Sink
    {
        public override Flow Take(JsonValue value, Trail? none) => value.IsTruthy == filter._deciding
            ? sink.Take(filter._deciding, trail?.To(input, filter._deciding))
            : filter._right.Run(m, env, input, null, new RightSink(input, trail, sink));
    }

    private sealed class RightSink(JsonValue input, Trail? trail, Sink sink) : Sink
    {
        public override Flow Take(JsonValue value, Trail? none) => sink.Take(value.IsTruthy, trail?.To(input, value.IsTruthy));
    }
}

/// <summary><c>left // right</c>: the true outputs of the left side, or the right side when there are none.</summary>
internal sealed class AlternativeFilter : Filter
{
    private readonly Filter _left;
    private readonly Filter _right;

    public AlternativeFilter(Filter left, Filter right) => (_left, _right, Single) = (left, right, left.Single && right.Single);

    public override JsonValue Eval(Machine m, Env? env, JsonValue input)
    {
        var value = _left.Eval(m, env, input);
        return value.IsFailed || (!value.IsSignal && value.IsTruthy) ? value : _right.Eval(m, env, input);
    }

    public override Flow Run(Machine m, Env? env, JsonValue input, Trail? trail, Sink sink)
    {
        if (trail is null && _left.Single)
        {
            var value = _left.Eval(m, env, input);
            if (value.IsFailed || (!value.IsSignal && value.IsTruthy))
                return value.IsFailed ? Flow.Stop : sink.Take(value, null);
            return _right.Run(m, env, input, null, sink);
        }

        var truths = new TruthSink(sink);
        var flow = _left.Run(m, env, input, trail, truths);
        return flow == Flow.Stop || truths.Found ? flow : _right.Run(m, env, input, trail, sink);
    }

    private sealed class TruthSink(Sink sink) : Sink
    {
        public bool Found { get; private set; }

        public override Flow Take(JsonValue value, Trail? trail)
        {
            if (!value.IsTruthy)
                return Flow.Go;
            Found = true;
            return sink.Take(value, trail);
        }
    }
}

/// <summary><c>try body catch handler</c>; without a handler the error is dropped. An error from further down the pipe passes.</summary>
internal sealed class TryFilter : Filter
{
    private readonly Filter _body;
    private readonly Filter? _handler;

    public TryFilter(Filter body, Filter? handler) =>
        (_body, _handler, Single) = (body, handler, body.Single && (handler?.Single ?? true));

    public override JsonValue Eval(Machine m, Env? env, JsonValue input)
    {
        var quiet = m.Quiet;
        m.Quiet = _handler is null ? quiet + 1 : 0;
        var value = _body.Eval(m, env, input);
        m.Quiet = quiet;
        if (!value.IsFailed || !m.Catch(out var error))
            return value;
        return _handler is null ? JsonValue.Nothing : _handler.Eval(m, env, error);
    }

    public override Flow Run(Machine m, Env? env, JsonValue input, Trail? trail, Sink sink)
    {
        if (trail is null && Single)
            return base.Run(m, env, input, null, sink);
        var quiet = m.Quiet;
        m.Quiet = 0;
        var inner = new InnerSink(sink);
        var flow = _body.Run(m, env, input, trail, inner);
        m.Quiet = quiet;
        if (flow == Flow.Go || inner.Stopped || !m.Catch(out var error))
            return flow;
        return _handler is null ? Flow.Go : _handler.Run(m, env, error, trail?.To(input, error), sink);
    }

    private sealed class InnerSink(Sink sink) : Sink
    {
        /// <summary>The stop came from outside: not ours to catch.</summary>
        public bool Stopped { get; private set; }

        public override Flow Take(JsonValue value, Trail? trail)
        {
            var flow = sink.Take(value, trail);
            Stopped = flow == Flow.Stop;
            return flow;
        }
    }
}

internal sealed class LabelFilter(Filter body) : Filter
{
    public override Flow Run(Machine m, Env? env, JsonValue input, Trail? trail, Sink sink)
    {
        var label = new VariableEnv(env, default);
        var flow = body.Run(m, label, input, trail, sink);
        return flow == Flow.Stop && m.Absorb(label) ? Flow.Go : flow;
    }
}

internal sealed class BreakFilter : Filter
{
    private readonly int _links;

    public BreakFilter(int links) => (_links, Single) = (links, true);

    public override JsonValue Eval(Machine m, Env? env, JsonValue input) => m.FailFor(env.Up(_links)!);
}
