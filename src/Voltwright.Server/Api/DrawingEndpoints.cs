using Voltwright.Automation;
using Voltwright.Jq;
using Voltwright.Server.Auth;
using Voltwright.Server.Problems;
using Voltwright.Storage;
using Voltwright.Workflows;
using Voltwright.Workflows.Drawing;

namespace Voltwright.Server.Api;

/// <summary>Workflows, and what runs did on them, as pictures.</summary>
internal static class DrawingEndpoints
{
    private const string Svg = "image/svg+xml";

    public static void MapDrawings(this RouteGroupBuilder api)
    {
        api.MapGet("/workflows/{namespace}/{name}/{version}/drawing", DrawWorkflow).Allow(Access.Read).SameForAllSites().WithTags("Workflows")
            .Produces<string>(200, Svg).WithSummary("A version as a picture, SVG");
        api.MapGet("/runs/{id}/drawing", DrawRunAsync).Allow(Access.Read).OfRecord("run", "id").WithTags("Runs")
            .Produces<string>(200, Svg).WithSummary("What a run did, drawn on its workflow: what ran, how often, how long, with which data; SVG");
    }

    private static IResult DrawWorkflow(string @namespace, string name, string version, WorkflowCatalog catalog) =>
        catalog.Find(@namespace, name, version) is { } workflow
            ? Draw(workflow.Program, null)
            : Problem.NotFound($"{@namespace}/{name} {version} is not deployed.").ToResult();

    private static async Task<IResult> DrawRunAsync(string id, IStore store, WorkflowCatalog catalog, CancellationToken cancellation)
    {
        if (await RunEndpoints.FindAsync(id, store, cancellation) is not { } run)
            return Problem.NotFound($"There is no run '{id}'.").ToResult();
        var (space, name, version) = run.Workflow;
        if (catalog.Find(space, name, version) is not { } workflow)
            return Problem.NotFound($"{space}/{name} {version}, which the run is of, is not deployed any more.").ToResult();
        return Draw(workflow.Program, TrailOf(run));
    }

    /// <summary>What the run did, for a picture of it.</summary>
    public static RunTrail TrailOf(RunEndpoints.RunDetails run)
    {
        var journal = JsonArray.From(run.Journal.Select(r => (JsonValue)JsonObject.Of(("trace", r.Trace))));
        return RunTrail.Of(JsonObject.Of(("status", run.Status), ("error", run.Error ?? JsonValue.Null), ("journal", journal)));
    }

    private static IResult Draw(WorkflowProgram program, RunTrail? trail) => WorkflowDrawing.IsDrawable(program.Definition)
        ? TypedResults.Text(WorkflowDrawing.Svg(program.Definition, trail), Svg)
        : Problem.Of("too-large-to-draw", "Too large to draw", 422, $"The workflow has more than {WorkflowDrawing.MostTasks} tasks.").ToResult();
}
