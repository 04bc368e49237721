namespace Voltwright.Jq.Evaluation;

/// <summary>What a filter or sink asks of whoever called it.</summary>
internal enum Flow : byte
{
    /// <summary>Go on producing.</summary>
    Go,

    /// <summary>Produce no more and return: an error, a break, or enough outputs (<see cref="Machine.Reason"/>).</summary>
    Stop,

    /// <summary>The machine holds a call in tail position, to be made by the nearest call below on the stack.</summary>
    Tail,
}

/// <summary>
/// A compiled expression. One that gives at most one output is <see cref="Single"/> and is asked by <see cref="Eval"/>;
/// every one can be <see cref="Run"/>, which pushes outputs into a sink, with the path of each when a trail is given.
/// </summary>
internal abstract class Filter
{
    public bool Single { get; protected init; }

    /// <summary>The output, or a signal. Only for single filters.</summary>
    public virtual JsonValue Eval(Machine m, Env? env, JsonValue input) => throw new InvalidOperationException($"{GetType().Name} is not single");

    /// <summary>Whether <see cref="Rewrite"/> works: the expression's paths lie side by side, none inside another.</summary>
    public virtual bool Rewrites => false;

    /// <summary>
    /// The input with what stands at this expression's paths changed, in one pass rather than path by path. Where the change
    /// answers nothing the element is left out; nothing as a result means that the input itself is to go.
    /// </summary>
    public virtual JsonValue Rewrite(Machine m, Env? env, JsonValue input, Func<JsonValue, JsonValue> change) =>
        throw new InvalidOperationException($"{GetType().Name} does not rewrite");

    public virtual Flow Run(Machine m, Env? env, JsonValue input, Trail? trail, Sink sink)
    {
        var value = Eval(m, env, input);
        return value.IsSignal ? m.FlowOf(value, sink) : sink.Take(value, trail?.To(input, value));
    }
}

/// <summary>Takes outputs.</summary>
internal abstract class Sink
{
    /// <summary>Never <see cref="Flow.Tail"/>.</summary>
    public abstract Flow Take(JsonValue value, Trail? trail);
}

/// <summary>
/// A link of the environment: variables, labels and closures are found by counting links, so that a binding never changes
/// under a continuation that still needs it.
/// </summary>
internal abstract class Env(Env? parent)
{
    public Env? Parent { get; } = parent;
}

/// <summary>A variable; also a label, which is known by its link alone.</summary>
internal sealed class VariableEnv(Env? parent, JsonValue value) : Env(parent)
{
    public JsonValue Value { get; } = value;
}

/// <summary>A function's parameter: an expression with the environment it was written in.</summary>
internal sealed class ClosureEnv(Env? parent, Filter body, Env? scope) : Env(parent)
{
    public Filter Body { get; } = body;

    public Env? Scope { get; } = scope;
}
