using System.Runtime.CompilerServices;

namespace Voltwright.Jq.Evaluation;

internal struct PendingCall
{
    public Filter Body;
    public Env? Env;
    public JsonValue Input;
    public Trail? Trail;
    public Sink? Sink;
}

/// <summary>A function that is called rather than inlined; its body is known once it is compiled.</summary>
internal sealed class Function
{
    public Filter Body { get; set; } = null!;

    /// <summary>Assumed while the body is compiled, true afterwards.</summary>
    public bool Single { get; set; }
}

/// <summary>An argument: passed as it is written (a closure), or evaluated first (for a <c>$parameter</c>).</summary>
internal readonly record struct Argument(Filter Filter, bool ByValue);

/// <summary>A call of a function; the callee's environment hangs on the one it was defined in.</summary>
internal sealed class CallFilter : Filter
{
    private readonly Function _function;
    private readonly int _linksToDefinition;
    private readonly Argument[] _arguments;
    private readonly bool _tail;

    public CallFilter(Function function, int linksToDefinition, Argument[] arguments, bool tail)
    {
        (_function, _linksToDefinition, _arguments, _tail) = (function, linksToDefinition, arguments, tail);
        Single = function.Single && Array.TrueForAll(arguments, a => !a.ByValue || a.Filter.Single);
    }

    public override JsonValue Eval(Machine m, Env? env, JsonValue input)
    {
        var callee = env.Up(_linksToDefinition);
        foreach (var argument in _arguments)
        {
            var value = argument.ByValue ? argument.Filter.Eval(m, env, input) : default;
            if (value.IsSignal)
                return value;
            callee = argument.ByValue ? new VariableEnv(callee, value) : Close(callee, argument.Filter, env);
        }

        if (!_tail)
            return Enter(m, callee, input);
        (m.Tail.Body, m.Tail.Env, m.Tail.Input) = (_function.Body, callee, input);
        return JsonValue.Tail;
    }

    public override Flow Run(Machine m, Env? env, JsonValue input, Trail? trail, Sink sink) =>
        Bind(m, env, input, trail, sink, 0, env.Up(_linksToDefinition));

    private static ClosureEnv Close(Env? callee, Filter filter, Env? env)
    {
        // A parameter handed on unchanged is its own closure: no chain grows over the turns of a loop.
        if (filter is ParameterFilter parameter)
        {
            var closure = parameter.Closure(env);
            return new(callee, closure.Body, closure.Scope);
        }

        return new(callee, filter, env);
    }

    private JsonValue Enter(Machine m, Env? callee, JsonValue input)
    {
        if (!m.Step() || !m.Enter())
            return JsonValue.Failed;
        var result = RuntimeHelpers.TryEnsureSufficientExecutionStack()
            ? Loop(m, _function.Body.Eval(m, callee, input))
            : m.OnStack(() => Loop(m, _function.Body.Eval(m, callee, input)));
        m.Leave();
        return result;
    }

    private static JsonValue Loop(Machine m, JsonValue value)
    {
        while (value.IsTail)
            value = m.Step() ? m.Tail.Body.Eval(m, m.Tail.Env, m.Tail.Input) : JsonValue.Failed;
        return value;
    }

    private Flow Bind(Machine m, Env? env, JsonValue input, Trail? trail, Sink sink, int index, Env? callee)
    {
        for (; index < _arguments.Length; index++)
        {
            var (filter, byValue) = _arguments[index];
            if (!byValue)
            {
                callee = Close(callee, filter, env);
                continue;
            }

            if (!filter.Single)
                return filter.Run(m, env, input, null, new ValueSink(this, m, env, input, trail, sink, index, callee));
            var value = filter.Eval(m, env, input);
            if (value.IsSignal)
                return m.FlowOf(value, sink);
            callee = new VariableEnv(callee, value);
        }

        if (!_tail)
            return Enter(m, callee, input, trail, sink);
        m.Tail = new PendingCall { Body = _function.Body, Env = callee, Input = input, Trail = trail, Sink = sink };
        return Flow.Tail;
    }

    private Flow Enter(Machine m, Env? callee, JsonValue input, Trail? trail, Sink sink)
    {
        if (!m.Step() || !m.Enter())
            return Flow.Stop;
        var flow = RuntimeHelpers.TryEnsureSufficientExecutionStack()
            ? m.Turn(_function.Body.Run(m, callee, input, trail, sink))
            : m.OnStack(() => m.Turn(_function.Body.Run(m, callee, input, trail, sink)));
        m.Leave();
        return flow;
    }

    private sealed class ValueSink(
        CallFilter call, Machine m, Env? env, JsonValue input, Trail? trail, Sink sink, int index, Env? callee) : Sink
    {
        public override Flow Take(JsonValue value, Trail? none) =>
            m.Finish(call.Bind(m, env, input, trail, sink, index + 1, new VariableEnv(callee, value)));
    }
}

/// <summary>A call of a function's parameter: the argument, run where it was written.</summary>
internal sealed class ParameterFilter(int links) : Filter
{
    public ClosureEnv Closure(Env? env) => (ClosureEnv)env.Up(links)!;

    public override Flow Run(Machine m, Env? env, JsonValue input, Trail? trail, Sink sink)
    {
        var closure = Closure(env);
        if (!m.Step() || !m.Enter())
            return Flow.Stop;
        var flow = RuntimeHelpers.TryEnsureSufficientExecutionStack()
            ? m.Turn(closure.Body.Run(m, closure.Scope, input, trail, sink))
            : m.OnStack(() => m.Turn(closure.Body.Run(m, closure.Scope, input, trail, sink)));
        m.Leave();
        return flow;
    }
}

internal static class EnvLinks
{
    public static Env? Up(this Env? env, int links)
    {
        for (; links > 0; links--)
            env = env!.Parent;
        return env;
    }
}

internal sealed class VariableFilter : Filter
{
    private readonly int _links;

    public VariableFilter(int links) => (_links, Single) = (links, true);

    public override JsonValue Eval(Machine m, Env? env, JsonValue input) => Unsafe.As<VariableEnv>(env.Up(_links)!).Value;
}

internal sealed class GlobalFilter : Filter
{
    private readonly int _index;

    public GlobalFilter(int index) => (_index, Single) = (index, true);

    public override JsonValue Eval(Machine m, Env? env, JsonValue input) => _index < m.Globals.Length ? m.Globals[_index] : default;
}
