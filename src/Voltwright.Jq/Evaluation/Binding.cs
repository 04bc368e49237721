using Voltwright.Jq.Paths;

namespace Voltwright.Jq.Evaluation;

/// <summary>What goes on once a pattern's variables are bound.</summary>
internal interface IBound
{
    /// <summary>Never answers <see cref="Flow.Tail"/> unless its caller passes that on.</summary>
    Flow With(Env? env);
}

/// <summary>Takes a value apart and binds variables, for each way there is to do it.</summary>
internal abstract class Binder
{
    public abstract Flow Bind(Machine m, Env? env, JsonValue value, IBound rest);
}

internal sealed class VariableBinder : Binder
{
    public override Flow Bind(Machine m, Env? env, JsonValue value, IBound rest) => rest.With(new VariableEnv(env, value));
}

/// <summary>One element of the value, then the rest of the pattern. Keys are computed from the original value.</summary>
internal sealed class ElementBinder(Filter key, bool keepsElement, Binder element, Binder next) : Binder
{
    public override Flow Bind(Machine m, Env? env, JsonValue value, IBound rest) =>
        key.Run(m, env, value, null, new KeySink(this, m, env, value, rest));

    private Flow With(Machine m, Env? env, JsonValue value, JsonValue key, IBound rest)
    {
        var found = Access.Get(m, value, key);
        if (found.IsSignal)
            return Flow.Stop;
        Env? scope = keepsElement ? new VariableEnv(env, found) : env;
        return element.Bind(m, scope, found, new NextBound(next, m, value, rest));
    }

    private sealed class KeySink(ElementBinder binder, Machine m, Env? env, JsonValue value, IBound rest) : Sink
    {
        public override Flow Take(JsonValue key, Trail? trail) => binder.With(m, env, value, key, rest);
    }

    private sealed class NextBound(Binder next, Machine m, JsonValue value, IBound rest) : IBound
    {
        public Flow With(Env? env) => next.Bind(m, env, value, rest);
    }
}

/// <summary>The end of a pattern.</summary>
internal sealed class NoBinder : Binder
{
    public override Flow Bind(Machine m, Env? env, JsonValue value, IBound rest) => rest.With(env);
}

/// <summary><c>source as $name | body</c>, the simple and frequent case.</summary>
internal sealed class BindVariableFilter : Filter
{
    private readonly Filter _source;
    private readonly Filter _body;

    public BindVariableFilter(Filter source, Filter body) => (_source, _body, Single) = (source, body, source.Single && body.Single);

    public override JsonValue Eval(Machine m, Env? env, JsonValue input)
    {
        var value = _source.Eval(m, env, input);
        return value.IsSignal ? value : _body.Eval(m, new VariableEnv(env, value), input);
    }

    public override Flow Run(Machine m, Env? env, JsonValue input, Trail? trail, Sink sink)
    {
        if (!_source.Single)
            return _source.Run(m, env, input, null, new BodySink(_body, m, env, input, trail, sink));
        var value = _source.Eval(m, env, input);
        return value.IsSignal ? m.FlowOf(value, sink) : _body.Run(m, new VariableEnv(env, value), input, trail, sink);
    }

    private sealed class BodySink(Filter body, Machine m, Env? env, JsonValue input, Trail? trail, Sink sink) : Sink
    {
        public override Flow Take(JsonValue value, Trail? none) => m.Finish(body.Run(m, new VariableEnv(env, value), input, trail, sink));
    }
}

/// <summary><c>source as pattern | body</c>.</summary>
internal sealed class BindPatternFilter(Filter source, Binder binder, Filter body) : Filter
{
    public override Flow Run(Machine m, Env? env, JsonValue input, Trail? trail, Sink sink) =>
        source.Run(m, env, input, null, new ValueSink(this, m, env, input, trail, sink));

    private sealed class ValueSink(BindPatternFilter filter, Machine m, Env? env, JsonValue input, Trail? trail, Sink sink) : Sink, IBound
    {
        private readonly Binder _binder = filter.Binder;
        private readonly Filter _body = filter.Body;

        public override Flow Take(JsonValue value, Trail? none) => _binder.Bind(m, env, value, this);

        public Flow With(Env? bound) => m.Finish(_body.Run(m, bound, input, trail, sink));
    }

    private Binder Binder => binder;

    private Filter Body => body;
}

/// <summary>
/// <c>source as pattern ?// pattern | body</c>: each alternative has its own compiled body; an error in binding or body tries the next one.
/// </summary>
internal sealed class AlternativesFilter(Filter source, Filter[] alternatives) : Filter
{
    public override Flow Run(Machine m, Env? env, JsonValue input, Trail? trail, Sink sink) =>
        source.Run(m, env, input, null, new ValueSink(alternatives, m, env, input, trail, sink));

    private sealed class ValueSink(Filter[] alternatives, Machine m, Env? env, JsonValue input, Trail? trail, Sink sink) : Sink
    {
        public override Flow Take(JsonValue value, Trail? none)
        {
            // The value stands in the environment so that every alternative, compiled as `$value as pattern | body`, finds it.
            var scope = new VariableEnv(env, value);
            for (var i = 0; ; i++)
            {
                var flow = m.Finish(alternatives[i].Run(m, scope, input, trail, sink));
                if (flow == Flow.Go || i == alternatives.Length - 1 || !m.Catch(out _))
                    return flow;
            }
        }
    }
}
