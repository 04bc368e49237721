namespace Voltwright.Jq.Evaluation;

/// <summary>A builtin written here: the input and its arguments' values give one output or fail.</summary>
internal delegate JsonValue NativeCall(Machine m, JsonValue input, ReadOnlySpan<JsonValue> arguments);

internal delegate JsonValue NativeCall0(Machine m, JsonValue input);

internal delegate JsonValue NativeCall1(Machine m, JsonValue input, JsonValue argument);

internal sealed class Native0Filter : Filter
{
    private readonly NativeCall0 _call;

    public Native0Filter(NativeCall0 call) => (_call, Single) = (call, true);

    public override JsonValue Eval(Machine m, Env? env, JsonValue input) => m.Weigh(input) ? _call(m, input) : JsonValue.Failed;
}

internal sealed class Native1Filter : Filter
{
    private readonly NativeCall1 _call;
    private readonly Filter _argument;

    public Native1Filter(NativeCall1 call, Filter argument) => (_call, _argument, Single) = (call, argument, argument.Single);

    public override JsonValue Eval(Machine m, Env? env, JsonValue input)
    {
        var argument = _argument.Eval(m, env, input);
        return argument.IsSignal ? argument : m.Weigh(input) ? _call(m, input, argument) : JsonValue.Failed;
    }

    public override Flow Run(Machine m, Env? env, JsonValue input, Trail? trail, Sink sink) => Single
        ? base.Run(m, env, input, trail, sink)
        : _argument.Run(m, env, input, null, new ArgumentSink(_call, m, input, trail, sink));

    private sealed class ArgumentSink(NativeCall1 call, Machine m, JsonValue input, Trail? trail, Sink sink) : Sink
    {
        public override Flow Take(JsonValue value, Trail? none)
        {
            var result = call(m, input, value);
            return result.IsSignal ? m.FlowOf(result, sink) : sink.Take(result, trail?.To(input, result));
        }
    }
}

/// <summary>Any number of arguments; of several outputs the last argument's vary slowest, as in jq.</summary>
internal sealed class NativeFilter : Filter
{
    private readonly NativeCall _call;
    private readonly Filter[] _arguments;

    public NativeFilter(NativeCall call, Filter[] arguments) =>
        (_call, _arguments, Single) = (call, arguments, Array.TrueForAll(arguments, a => a.Single));

    public override JsonValue Eval(Machine m, Env? env, JsonValue input)
    {
        var values = new JsonValue[_arguments.Length];
        for (var i = values.Length - 1; i >= 0; i--)
        {
            values[i] = _arguments[i].Eval(m, env, input);
            if (values[i].IsSignal)
                return values[i];
        }

        return m.Weigh(input) ? _call(m, input, values) : JsonValue.Failed;
    }

    public override Flow Run(Machine m, Env? env, JsonValue input, Trail? trail, Sink sink) => Single
        ? base.Run(m, env, input, trail, sink)
        : new ArgumentSink(this, m, env, input, trail, sink).Next();

    private sealed class ArgumentSink(NativeFilter filter, Machine m, Env? env, JsonValue input, Trail? trail, Sink sink) : Sink
    {
        private readonly JsonValue[] _values = new JsonValue[filter._arguments.Length];
        private int _index = filter._arguments.Length;

        public Flow Next() => filter._arguments[--_index].Run(m, env, input, null, this);

        public override Flow Take(JsonValue value, Trail? none)
        {
            var index = _index;
            _values[index] = value;
            var flow = index > 0 ? Next() : Call();
            _index = index;
            return flow;
        }

        private Flow Call()
        {
            var result = filter._call(m, input, _values);
            return result.IsSignal ? m.FlowOf(result, sink) : sink.Take(result, trail?.To(input, result));
        }
    }
}
