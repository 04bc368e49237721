using Voltwright.Automation;
using Voltwright.Cluster;
using Voltwright.Events;
using Voltwright.Jq;
using Voltwright.Server.Auth;
using Voltwright.Server.Problems;
using Voltwright.Storage;

namespace Voltwright.Server.Api;

public static class RunEndpoints
{
    private static readonly string[] Statuses = [.. RunDocument.OpenStatuses, "completed", "faulted", "cancelled"];

    public static void MapRuns(this RouteGroupBuilder api)
    {
        var runs = api.MapGroup("/runs").WithTags("Runs");
        runs.MapGet("", ListAsync).Allow(Access.Read).KeepsToSight().Produces<Listed<RunHead>>()
            .WithSummary("Lists runs, newest first; 'workflow' is a name, 'namespace/name' or 'namespace/name/version'");
        runs.MapGet("/{id}", GetAsync).Allow(Access.Read).OfRecord("run", "id").Produces<RunDetails>()
            .WithSummary("A run, with its journal: what happened to each task, and its data");
        runs.MapPost("/{id}/cancel", (string id, IGrainFactory grains) => AnswerAsync(Grain(grains, id).Cancel()))
            .Allow(Access.Operate).OfRecord("run", "id").Produces(204).WithSummary("Stops a run for good");
        runs.MapPost("/{id}/suspend", (string id, IGrainFactory grains) => AnswerAsync(Grain(grains, id).Suspend()))
            .Allow(Access.Operate).OfRecord("run", "id").Produces(204).WithSummary("Pauses a run; what arrives meanwhile is kept");
        runs.MapPost("/{id}/resume", (string id, IGrainFactory grains) => AnswerAsync(Grain(grains, id).Resume()))
            .Allow(Access.Operate).OfRecord("run", "id").Produces(204).WithSummary("Lets a suspended run go on");
        runs.MapPost("/{id}/retry", (string id, IGrainFactory grains) => AnswerAsync(Grain(grains, id).Retry()))
            .Allow(Access.Operate).OfRecord("run", "id").Produces(204)
            .WithSummary("Lets a faulted run go on at the task that failed, its calls under the same keys");
    }

    /// <summary>Starts the version asked for, else the newest. The same Idempotency-Key again gives the same run.</summary>
    public static async Task<IResult> StartAsync(
        string @namespace, string name, string? version, [RequestKey] string? requestKey, HttpRequest request,
        WorkflowCatalog catalog, IGrainFactory grains, TimeProvider time, CancellationToken cancellation)
    {
        if (catalog.Find(@namespace, name, version) is not { } workflow)
            return Problem.NotFound($"{@namespace}/{name} {version} is not deployed.").ToResult();
        var id = requestKey is null ? new TimeIds(time).Next() : RunIds.Of(workflow.Id, requestKey);
        var body = new MemoryStream();
        await request.Body.CopyToAsync(body, cancellation);
        var input = body.Length == 0 ? default : JsonValue.Parse(body.GetBuffer().AsSpan(0, (int)body.Length));
        var trace = System.Diagnostics.Activity.Current?.Id;
        var isNew = await Grain(grains, id).Start(new RunOrder(workflow.Id, input, [], trace));
        var run = new StartedRun(id, Show(workflow.Id));
        return isNew ? TypedResults.Created($"/api/v2/runs/{id}", run) : TypedResults.Ok(run);
    }

    private static async Task<IResult> ListAsync(
        IStore store, Sight sight, string? workflow, string? status, string? after, int? limit, CancellationToken cancellation)
    {
        if (status is not null && !Statuses.Contains(status))
        {
            var problem = Problem.Invalid($"'{status}' is no status of a run; they are {string.Join(", ", Statuses)}.");
            return (problem with { Field = "status" }).ToResult();
        }

        List<(string, string)> filters = [.. sight.Filters()];
        if (status is not null)
            filters.Add(("status", status));
        var parts = workflow?.Split('/') ?? [];
        string[] names = parts.Length == 1 ? ["workflow.name"] : ["workflow.namespace", "workflow.name", "workflow.version"];
        filters.AddRange(names.Zip(parts));
        var page = await store.ListAsync(RunDocument.StreamKind, filters, Math.Clamp(limit ?? 100, 1, 1000), after, cancellation);
        return TypedResults.Ok(new Listed<RunHead>([.. page.Items.Select(r => Head(JsonValue.Parse(r.Body.Span)))], page.Next));
    }

    private static async Task<IResult> GetAsync(string id, IStore store, CancellationToken cancellation) =>
        await FindAsync(id, store, cancellation) is { } run ? TypedResults.Ok(run) : Problem.NotFound($"There is no run '{id}'.").ToResult();

    /// <returns>Null when there is no such run.</returns>
    public static async Task<RunDetails?> FindAsync(string id, IStore store, CancellationToken cancellation)
    {
        if (await store.LoadAsync(RunDocument.StreamOf(id), cancellation) is not { } stored)
            return null;
        var document = JsonValue.Parse(stored.Body.Span);
        var records = await store.ReadRecordsAsync(RunDocument.StreamOf(id), 0, 10_000, cancellation);
        var journal = records.Select(r => (r.At, Record: RunDocument.ReadRecord(JsonValue.Parse(r.Body.Span))))
            .Select(r => new RunRecord(r.At, r.Record.On, r.Record.Trace));
        var head = Head(document);
        var state = document["state"];
        return new RunDetails(
            head.Id, head.Workflow, head.Status, head.StartedAt, head.EndedAt, head.Error,
            Optional(document["events"]), state["input"], Optional(state["output"]), [.. journal]);
    }

    private static async Task<IResult> AnswerAsync(Task<Refusal?> done) =>
        await done is { } refusal ? Problem.From(refusal).ToResult() : TypedResults.NoContent();

    private static IRunGrain Grain(IGrainFactory grains, string id) => grains.Find<IRunGrain>(id);

    public static RunHead Head(JsonValue document) => new(
        document["id"].AsString(), Show(RunDocument.Read(document).Order.Workflow), document["status"].AsString(),
        RunDocument.ReadTime(document["startedAt"])!.Value, RunDocument.ReadTime(document["endedAt"]), Optional(document["error"]));

    private static JsonValue? Optional(JsonValue value) => value.IsNull ? (JsonValue?)null : value;

    private static RunWorkflow Show(WorkflowId id) => new(id.Namespace, id.Name, id.Version);

    public sealed record RunWorkflow(string Namespace, string Name, string Version);

    public sealed record RunHead(
        string Id, RunWorkflow Workflow, string Status, DateTimeOffset StartedAt, DateTimeOffset? EndedAt, JsonValue? Error);

    /// <param name="Events">The ids of the events that started it.</param>
    public sealed record RunDetails(
        string Id, RunWorkflow Workflow, string Status, DateTimeOffset StartedAt, DateTimeOffset? EndedAt, JsonValue? Error,
        JsonValue? Events, JsonValue Input, JsonValue? Output, IReadOnlyList<RunRecord> Journal);

    /// <param name="On">What moved the run: its start, an answer, a timer, a person.</param>
    public sealed record RunRecord(DateTimeOffset At, string On, JsonValue Trace);

    public sealed record StartedRun(string Id, RunWorkflow Workflow);
}
