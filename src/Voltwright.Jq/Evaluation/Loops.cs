namespace Voltwright.Jq.Evaluation;

/// <summary><c>reduce source as pattern (initial; update)</c>: the update's last output becomes the state, null when it has none.</summary>
internal sealed class ReduceFilter : Filter
{
    private readonly Filter _source;
    private readonly Binder _binder;
    private readonly Filter _initial;
    private readonly Filter _update;

    public ReduceFilter(Filter source, Binder binder, Filter initial, Filter update) =>
        (_source, _binder, _initial, _update, Single) = (source, binder, initial, update, initial.Single);

    public override JsonValue Eval(Machine m, Env? env, JsonValue input)
    {
        var initial = _initial.Eval(m, env, input);
        if (initial.IsSignal)
            return initial;
        var loop = new StateSink(this, m, env) { State = initial };
        return _source.Run(m, env, input, null, loop) == Flow.Stop ? JsonValue.Failed : loop.State;
    }

    public override Flow Run(Machine m, Env? env, JsonValue input, Trail? trail, Sink sink) => Single && trail is null
        ? base.Run(m, env, input, trail, sink)
        : _initial.Run(m, env, input, trail, new InitialSink(this, m, env, input, sink));

    private sealed class InitialSink(ReduceFilter filter, Machine m, Env? env, JsonValue input, Sink sink) : Sink
    {
        public override Flow Take(JsonValue value, Trail? trail)
        {
            var loop = new StateSink(filter, m, env) { State = value, Trail = trail };
            return filter._source.Run(m, env, input, null, loop) == Flow.Stop ? Flow.Stop : sink.Take(loop.State, loop.Trail);
        }
    }

    private sealed class StateSink(ReduceFilter filter, Machine m, Env? env) : Sink, IBound
    {
        private readonly LastSink _last = new();

        public JsonValue State { get; set; }

        public Trail? Trail { get; set; }

        public override Flow Take(JsonValue value, Trail? none) => !m.Step() ? Flow.Stop : filter._binder.Bind(m, env, value, this);

        public Flow With(Env? bound)
        {
            if (filter._update.Single && Trail is null)
            {
                var state = filter._update.Eval(m, bound, State);
                if (state.IsFailed)
                    return Flow.Stop;
                State = state.IsSignal ? default : state;
                return Flow.Go;
            }

            (_last.Value, _last.Trail) = (default, Trail?.To(State, default));
            var flow = filter._update.Run(m, bound, State, Trail, _last);
            (State, Trail) = (_last.Value, _last.Trail);
            return flow;
        }
    }
}

/// <summary>Keeps the last output.</summary>
internal sealed class LastSink : Sink
{
    public JsonValue Value { get; set; } = JsonValue.Nothing;

    public Trail? Trail { get; set; }

    public override Flow Take(JsonValue value, Trail? trail)
    {
        (Value, Trail) = (value, trail);
        return Flow.Go;
    }
}

/// <summary><c>foreach source as pattern (initial; update; extract)</c>: every output of the update becomes the state and is extracted from.</summary>
internal sealed class ForeachFilter(Filter source, Binder binder, Filter initial, Filter update, Filter extract) : Filter
{
    public override Flow Run(Machine m, Env? env, JsonValue input, Trail? trail, Sink sink) =>
        initial.Run(m, env, input, trail, new InitialSink(this, m, env, input, sink));

    private Flow Loop(Machine m, Env? env, JsonValue input, JsonValue state, Trail? trail, Sink sink) =>
        source.Run(m, env, input, null, new StateSink(binder, update, extract, m, env, sink) { State = state, Trail = trail });

    private sealed class InitialSink(ForeachFilter filter, Machine m, Env? env, JsonValue input, Sink sink) : Sink
    {
        public override Flow Take(JsonValue value, Trail? trail) => filter.Loop(m, env, input, value, trail, sink);
    }

    private sealed class StateSink(Binder binder, Filter update, Filter extract, Machine m, Env? env, Sink sink) : Sink, IBound
    {
        public JsonValue State { get; set; }

        public Trail? Trail { get; set; }

        public override Flow Take(JsonValue value, Trail? none) => !m.Step() ? Flow.Stop : binder.Bind(m, env, value, this);

        public Flow With(Env? bound) => update.Run(m, bound, State, Trail, new ExtractSink(this, bound));

        public Flow Extract(JsonValue value, Trail? trail, Env? bound)
        {
            (State, Trail) = (value, trail);
            return extract.Run(m, bound, value, trail, sink);
        }
    }

    private sealed class ExtractSink(StateSink loop, Env? bound) : Sink
    {
        public override Flow Take(JsonValue value, Trail? trail) => loop.Extract(value, trail, bound);
    }
}
