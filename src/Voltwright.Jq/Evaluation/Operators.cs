namespace Voltwright.Jq.Evaluation;

/// <summary>A binary operator, known to the just-in-time compiler as a type so that it is inlined.</summary>
internal interface IOperator
{
    static abstract JsonValue Apply(Machine m, JsonValue left, JsonValue right);
}

/// <summary>Both operands see the input; of several outputs the right side's vary slowest, as in jq.</summary>
internal sealed class OperatorFilter<TOperator> : Filter
    where TOperator : struct, IOperator
{
    private readonly Filter _left;
    private readonly Filter _right;

    public OperatorFilter(Filter left, Filter right) => (_left, _right, Single) = (left, right, left.Single && right.Single);

    public override JsonValue Eval(Machine m, Env? env, JsonValue input)
    {
        var right = _right.Eval(m, env, input);
        if (right.IsSignal)
            return right;
        var left = _left.Eval(m, env, input);
        return left.IsSignal ? left : TOperator.Apply(m, left, right);
    }

    public override Flow Run(Machine m, Env? env, JsonValue input, Trail? trail, Sink sink) => Single
        ? base.Run(m, env, input, trail, sink)
        : _right.Run(m, env, input, null, new RightSink(_left, m, env, input, trail, sink));

    private sealed class RightSink(Filter left, Machine m, Env? env, JsonValue input, Trail? trail, Sink sink) : Sink
    {
        public override Flow Take(JsonValue value, Trail? none) => left.Run(m, env, input, null, new LeftSink(m, input, value, trail, sink));
    }

    private sealed class LeftSink(Machine m, JsonValue input, JsonValue right, Trail? trail, Sink sink) : Sink
    {
        public override Flow Take(JsonValue value, Trail? none)
        {
            var result = TOperator.Apply(m, value, right);
            return result.IsSignal ? m.FlowOf(result, sink) : sink.Take(result, trail?.To(input, result));
        }
    }
}

/// <summary>An operator whose right side is a constant.</summary>
internal sealed class OperatorConstantFilter<TOperator> : Filter
    where TOperator : struct, IOperator
{
    private readonly Filter _left;
    private readonly JsonValue _right;

    public OperatorConstantFilter(Filter left, JsonValue right) => (_left, _right, Single) = (left, right, true);

    public override JsonValue Eval(Machine m, Env? env, JsonValue input)
    {
        var left = _left.Eval(m, env, input);
        return left.IsSignal ? left : TOperator.Apply(m, left, _right);
    }
}
