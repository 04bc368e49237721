using Voltwright.Jq.Evaluation;

namespace Voltwright.Jq.Paths;

/// <summary><c>path(f)</c>: the paths of the outputs of <c>f</c>.</summary>
internal sealed class PathFilter : Filter
{
    private readonly Filter _body;

    public PathFilter(Filter body) => _body = body;

    public override Flow Run(Machine m, Env? env, JsonValue input, Trail? trail, Sink sink) =>
        _body.Run(m, env, input, Trail.Root, new PathSink(m, input, trail, sink));

    private sealed class PathSink(Machine m, JsonValue input, Trail? outer, Sink sink) : Sink
    {
        public override Flow Take(JsonValue value, Trail? trail)
        {
            if (trail!.IsDetached)
                return m.Raise($"Invalid path expression with result {Kinds.Excerpt(value)}");
            if (!m.Charge(16L * trail.Length))
                return Flow.Stop;
            JsonValue path = trail.ToArray();
            return sink.Take(path, outer?.To(input, path));
        }
    }
}

/// <summary><c>getpath(path)</c>; in a path expression it makes the trail longer by that path.</summary>
internal sealed class GetPathFilter : Filter
{
    private readonly Filter _path;

    public GetPathFilter(Filter path) => (_path, Single) = (path, path.Single);

    public override JsonValue Eval(Machine m, Env? env, JsonValue input)
    {
        var path = _path.Eval(m, env, input);
        return path.IsSignal ? path : Updates.GetPath(m, input, path);
    }

    public override Flow Run(Machine m, Env? env, JsonValue input, Trail? trail, Sink sink) => Single && trail is null
        ? base.Run(m, env, input, trail, sink)
        : _path.Run(m, env, input, null, new KeysSink(m, input, trail, sink));

    private sealed class KeysSink(Machine m, JsonValue input, Trail? trail, Sink sink) : Sink
    {
        public override Flow Take(JsonValue value, Trail? none)
        {
            if (trail is { IsDetached: true })
                return m.Raise($"Invalid path expression near attempt to access element {Kinds.Excerpt(value)} of {Kinds.Excerpt(input)}");
            var found = Updates.GetPath(m, input, value);
            if (found.IsSignal)
                return Flow.Stop;
            return sink.Take(found, trail is null ? null : value.AsArray().Aggregate(trail, (t, key) => t.Add(key)));
        }
    }
}
