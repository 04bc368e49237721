using Microsoft.AspNetCore.Mvc;
using Voltwright.Automation;
using Voltwright.Jq;
using Voltwright.Server.Api;
using Voltwright.Server.Auth;
using Voltwright.Server.Console.Layout;
using Voltwright.Storage;
using Voltwright.Workflows;
using Voltwright.Workflows.Findings;
using Voltwright.Workflows.Reading;

namespace Voltwright.Server.Console.Workflows;

/// <summary>The catalogue, one workflow with its versions, and the editor.</summary>
internal static class WorkflowPages
{
    private const int RunsShown = 10;

    // Those that completed are most of a million: counting them takes seconds, and nobody acts on the number.
    private static readonly string[] Counted = ["running", "waiting", "suspended", "faulted"];

    public static void MapWorkflowPages(this RouteGroupBuilder pages)
    {
        pages.MapGet("/workflows", ListAsync).Allow(Access.Read).KeepsToSight();
        pages.MapGet("/workflows/{space}/{name}", ShowAsync).Allow(Access.Read).KeepsToSight();
        pages.MapGet("/workflows/{space}/{name}/compare", Compare).Allow(Access.Read).SameForAllSites();
        pages.MapPost("/workflows/{space}/{name}/roll-back", RollBackAsync).Allow(Access.Administer).WithSummary("Rolls a workflow back");
        pages.MapPost("/workflows/{space}/{name}/{version}/remove", RemoveAsync).Allow(Access.Administer).WithSummary("Removes a version of a workflow");
        pages.MapGet("/editor", Edit).Allow(Access.Read).SameForAllSites();
        pages.MapPost("/workflows", DeployAsync).Allow(Access.Administer).WithSummary("Deploys a workflow");
        pages.MapPost("/workflows/check", Check).Allow(Access.Read).SameForAllSites().WithSummary("Checks a draft").WithMetadata(Harmless.Mark);
        pages.MapPost("/workflows/complete", Complete).Allow(Access.Read).SameForAllSites().WithSummary("Completes a draft").WithMetadata(Harmless.Mark);
        pages.MapPost("/workflows/jq", TryJq).Allow(Access.Read).SameForAllSites().WithSummary("Tries an expression").WithMetadata(Harmless.Mark);
        pages.MapPost("/workflows/try", TryAsync).Allow(Access.Operate).SameForAllSites().WithSummary("Tries a draft in a sandbox");
    }

    private static async Task<IResult> ListAsync(WorkflowCatalog catalog, IStore store, Sight sight, CancellationToken cancellation)
    {
        var rows = new List<WorkflowRow>();
        foreach (var family in catalog.All.GroupBy(w => w.Id.Family))
        {
            var newest = family.First();
            var run = (await NewestRunsAsync(store, sight, newest.Id, 1, cancellation)).FirstOrDefault();
            rows.Add(new WorkflowRow(newest, family.Count(), run, await CountAsync(store, sight, newest.Id, cancellation)));
        }

        return Page.Of<WorkflowListPage>(("Workflows", rows));
    }

    private static async Task<List<RunEndpoints.RunHead>> NewestRunsAsync(
        IStore store, Sight sight, WorkflowId id, int count, CancellationToken cancellation)
    {
        var filters = sight.Filters(("workflow.name", id.Name), ("workflow.namespace", id.Namespace));
        var runs = await store.ListAsync(RunDocument.StreamKind, filters, count, null, cancellation);
        return [.. runs.Items.Select(r => RunEndpoints.Head(JsonValue.Parse(r.Body.Span)))];
    }

    private static async Task<IReadOnlyDictionary<string, long>> CountAsync(
        IStore store, Sight sight, WorkflowId id, CancellationToken cancellation)
    {
        var counts = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var status in Counted)
        {
            var filters = sight.Filters(("workflow.name", id.Name), ("workflow.namespace", id.Namespace), ("status", status));
            counts[status] = await store.CountAsync(RunDocument.StreamKind, filters, cancellation);
        }

        return counts;
    }

    private static Task<IResult> ShowAsync(
        string space, string name, string? version, WorkflowCatalog catalog, IStore store, Sight sight, CancellationToken cancellation) =>
        PageAsync(200, null, space, name, version, catalog, store, sight, cancellation);

    private static async Task<IResult> PageAsync(
        int status, string? problem, string space, string name, string? version, WorkflowCatalog catalog, IStore store, Sight sight,
        CancellationToken cancellation)
    {
        if (catalog.Find(space, name, version) is not { } workflow)
            return ConsolePage.NotFound("There is no such workflow.");
        var versions = catalog.All.Where(w => w.Id.Family == workflow.Id.Family).ToList();
        return Page.Of<WorkflowPage>(
            status, ("Workflow", workflow), ("Versions", versions), ("Counts", await CountAsync(store, sight, workflow.Id, cancellation)),
            ("Problem", problem), ("Runs", await NewestRunsAsync(store, sight, workflow.Id, RunsShown, cancellation)));
    }

    private static IResult Compare(string space, string name, string? from, string? to, WorkflowCatalog catalog) =>
        catalog.Find(space, name, from) is { } older && catalog.Find(space, name, to) is { } newer
            ? Page.Of<ComparePage>(("Older", older), ("Newer", newer), ("Lines", Versions.Compare(older.Source, newer.Source)))
            : ConsolePage.NotFound("There is no such version.");

    /// <summary>Runs finish on what they started with, so the older text comes back as the newest version.</summary>
    private static async Task<IResult> RollBackAsync(
        HttpContext context, string space, string name, [FromForm] string? version, WorkflowCatalog catalog, IStore store,
        CancellationToken cancellation)
    {
        if (catalog.Find(space, name, version) is not { } older)
            return ConsolePage.NotFound("There is no such version.");
        AuditTrail.Note(context, $"to {version}");
        var next = Versions.Next(catalog.All.Where(w => w.Id.Family == older.Id.Family));
        var text = Versions.Renamed(older.Source, next);
        if (WorkflowProgram.Load(text, name, HostFeatures.All).Program?.Version != next)
            return await RefuseAsync("The version in this text cannot be changed by itself: open it in the editor.");
        return await catalog.DeployAsync(text, name, cancellation) is Deployment.Done
            ? Frame.Go(context, $"/workflows/{space}/{name}", "Rolled back: the older text is the newest version now.")
            : await RefuseAsync("The older text is not valid any more: open it in the editor.");

        Task<IResult> RefuseAsync(string problem) => PageAsync(409, problem, space, name, null, catalog, store, Sight.All, cancellation);
    }

    private static async Task<IResult> RemoveAsync(
        HttpContext context, string space, string name, string version, WorkflowCatalog catalog, IStore store, CancellationToken cancellation) =>
        await catalog.RemoveAsync(new WorkflowId(space, name, version), cancellation) is { } refusal
            ? await PageAsync(409, refusal.Detail, space, name, version, catalog, store, Sight.All, cancellation)
            : Frame.Go(context, "/workflows", "The version is removed.");

    // The editor sets styles as it goes, which no other page may.
    private static Page Editor(params (string Name, object? Value)[] values) => Editor(200, values);

    private static Page Editor(int status, params (string Name, object? Value)[] values) => Page.Of<EditorPage>(status, values).WithOwnStyles();

    private static IResult Edit(string? space, string? name, string? version, WorkflowCatalog catalog)
    {
        if (space is null || name is null)
            return Editor(("Draft", Draft.Of(Draft.Blank)));
        if (catalog.Find(space, name, version) is not { } workflow)
            return ConsolePage.NotFound("There is no such version.");
        var next = Versions.Next(catalog.All.Where(w => w.Id.Family == workflow.Id.Family));
        return Editor(("Draft", Draft.Of(Versions.Renamed(workflow.Source, next))));
    }

    private static async Task<IResult> DeployAsync(
        HttpContext context, [FromForm] string? source, WorkflowCatalog catalog, CancellationToken cancellation)
    {
        var draft = Draft.Of(source ?? "");
        switch (await catalog.DeployAsync(draft.Source, "draft", cancellation))
        {
            case Deployment.Done done:
                AuditTrail.Note(context, $"{done.Workflow.Id}");
                var (id, page) = (done.Workflow.Id, $"/workflows/{done.Workflow.Id.Family}");
                return catalog.Find(id.Namespace, id.Name, null)?.Id == id
                    ? Frame.Go(context, page, "Deployed: the next event starts this version.")
                    : Frame.Go(
                        context, $"{page}?version={Uri.EscapeDataString(id.Version)}", "Deployed; events start the newest version, which is another.");
            case Deployment.Conflict conflict:
                return Editor(409, ("Draft", draft), ("Problem", conflict.Detail));
            default:
                return Editor(400, ("Draft", draft), ("Problem", "The draft has errors: see its findings."));
        }
    }

    private static Page Check([FromForm] string? source) => Page.Of<CheckedPart>(("Draft", Draft.Of(source ?? "")));

    private static IResult Complete([FromForm] string? source, [FromForm] int? line, [FromForm] int? column) =>
        TypedResults.Ok(Completion.At(source ?? "", line ?? 0, column ?? 0));

    private static Page TryJq([FromForm] string? program, [FromForm] string? input) =>
        Page.Of<JqPart>(("Result", JqTrial.Run(program ?? "", input ?? "")));

    private static async Task<IResult> TryAsync(
        HttpContext context, [FromForm] string? source, [FromForm(Name = "event")] string? @event, Sandbox sandbox,
        CancellationToken cancellation)
    {
        var draft = Draft.Of(source ?? "") with { Event = @event };
        if (draft.Program is null)
            return Editor(400, ("Draft", draft), ("Problem", "The draft has errors: see its findings."));
        AuditTrail.Note(context, $"{draft.Program.Namespace}/{draft.Program.Name} {draft.Program.Version}");
        return await sandbox.TryAsync(draft.Source, @event ?? "", cancellation) is { } trial
            ? Editor(trial.Problem is null ? 200 : 400, ("Draft", draft), ("Trial", trial), ("Problem", trial.Problem))
            : Editor(503, ("Draft", draft), ("Problem", "Too many drafts are being tried: try again in a moment."));
    }
}

/// <summary>A workflow in the catalogue: its newest version.</summary>
/// <param name="Run">The newest one; null when it never ran.</param>
/// <param name="Runs">How many there are in the statuses that matter.</param>
public sealed record WorkflowRow(DeployedWorkflow Newest, int Versions, RunEndpoints.RunHead? Run, IReadOnlyDictionary<string, long> Runs);

/// <summary>A text being edited, and what the checker says of it.</summary>
public sealed record Draft(string Source, WorkflowProgram? Program, IReadOnlyList<Finding> Findings)
{
    /// <summary>What it was tried with; null before it was.</summary>
    public string? Event { get; init; }

    public const string Blank =
        """
        document:
          dsl: '1.0.0'
          namespace: default
          name: my-workflow
          version: '1.0.0'
        schedule:
          on:
            one:
              with:
                type: com.ev-power-supplier.charging-station.card-scanned.v1
          read: envelope
        do:
          - greet:
              call: http
              with:
                method: post
                endpoint: https://ev-power-supplier.com/api/v2/stations/{stationId}/leds/main
                body:
                  action: flicker
                  color: blue
                  duration: 3000
              input:
                from: ${ $workflow.input[0].data }
        """;

    public static Draft Of(string source)
    {
        var text = source.ReplaceLineEndings("\n");
        var compilation = WorkflowProgram.Load(text, "draft", HostFeatures.All);
        return new Draft(text, compilation.Program, compilation.Findings);
    }
}
