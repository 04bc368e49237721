using Voltwright.Automation;
using Voltwright.Cluster;
using Voltwright.Events;
using Voltwright.Jq;
using Voltwright.Server.Api;
using Voltwright.Server.Auth;
using Voltwright.Server.Console.Events;
using Voltwright.Server.Console.Layout;
using Voltwright.Storage;

namespace Voltwright.Server.Console.Runs;

/// <summary>The list of runs, and one drawn on its workflow with everything that led to it and that it did.</summary>
internal static class RunPages
{
    private const int OnPage = 50;
    private const int EffectsShown = 50;

    /// <summary>A clock may be so much off.</summary>
    private static readonly TimeSpan Around = TimeSpan.FromMinutes(1);

    /// <summary>What a run asked for takes a moment to happen.</summary>
    private static readonly TimeSpan Afterwards = TimeSpan.FromSeconds(2);

    public static void MapRunPages(this RouteGroupBuilder pages)
    {
        pages.MapGet("/runs", ListAsync).Allow(Access.Read).KeepsToSight();
        pages.MapGet("/runs/{id}", ShowAsync).Allow(Access.Read).OfRecord("run", "id");
        Map("retry", "Retries a run", "The run goes on where it failed.", run => run.Retry());
        Map("cancel", "Cancels a run", "The run is cancelled.", run => run.Cancel());
        Map("suspend", "Suspends a run", "The run rests.", run => run.Suspend());
        Map("resume", "Resumes a run", "The run goes on.", run => run.Resume());

        void Map(string verb, string summary, string said, Func<IRunGrain, Task<Refusal?>> act) => pages.MapPost(
            $"/runs/{{id}}/{verb}",
            async (HttpContext context, string id, IGrainFactory grains, IStore store, WorkflowCatalog catalog, CancellationToken cancellation) =>
                await act(grains.Find<IRunGrain>(id)) is { } refusal
                    ? await PageAsync(409, refusal.Detail, id, store, catalog, cancellation)
                    : Frame.Go(context, $"/runs/{id}", said)).Allow(Access.Operate).OfRecord("run", "id").WithSummary(summary);
    }

    private static async Task<IResult> ListAsync(
        string? workflow, string? status, string? after, IStore store, Sight sight, WorkflowCatalog catalog, CancellationToken cancellation)
    {
        List<(string, string)> filters = [.. sight.Filters()];
        if (!string.IsNullOrEmpty(status))
            filters.Add(("status", status));
        if (workflow?.Split('/') is [var space, var name])
            filters.AddRange([("workflow.name", name), ("workflow.namespace", space)]);
        var page = await store.ListAsync(RunDocument.StreamKind, filters, OnPage, string.IsNullOrEmpty(after) ? null : after, cancellation);
        return Page.Of<RunListPage>(
            ("Runs", page.Items.Select(r => RunEndpoints.Head(JsonValue.Parse(r.Body.Span))).ToList()), ("Next", page.Next),
            ("Workflow", workflow), ("Status", status), ("IsFirst", string.IsNullOrEmpty(after)),
            ("Families", catalog.All.Select(w => w.Id.Family).Distinct().ToList()));
    }

    private static Task<IResult> ShowAsync(string id, IStore store, WorkflowCatalog catalog, CancellationToken cancellation) =>
        PageAsync(200, null, id, store, catalog, cancellation);

    private static async Task<IResult> PageAsync(
        int status, string? problem, string id, IStore store, WorkflowCatalog catalog, CancellationToken cancellation)
    {
        if (await RunEndpoints.FindAsync(id, store, cancellation) is not { } run)
            return ConsolePage.NotFound("There is no such run.");
        var (space, name, version) = run.Workflow;
        return Page.Of<RunPage>(
            status, ("Run", run), ("Problem", problem), ("Program", catalog.Find(space, name, version)?.Program),
            ("Trail", DrawingEndpoints.TrailOf(run)), ("Causes", await CausesAsync(run, store, cancellation)),
            ("Effects", await EffectsAsync(run, store, cancellation)));
    }

    /// <summary>The events that started it, from the run's own input where they are whole.</summary>
    private static async Task<IReadOnlyList<StoredEvent>> CausesAsync(
        RunEndpoints.RunDetails run, IStore store, CancellationToken cancellation)
    {
        if (run.Events is not { } ids || !ids.TryGetArray(out var wanted))
            return [];
        return await store.FindBetweenAsync(
            Like(run.Input), run.StartedAt - Around, run.StartedAt + Around, e => wanted.Contains(e.Envelope["id"]), cancellation, wanted.Count);
    }

    // What is known of the events narrows the search: of several subjects, or types, any may be.
    private static EventQuery Like(JsonValue input)
    {
        if (!input.TryGetArray(out var events) || events.Count == 0)
            return new EventQuery();
        var subjects = Texts("subject");
        var types = Texts("type");
        return new EventQuery(subjects.Count == 1 ? subjects[0] : null, types.Contains(null) ? null : [.. types.OfType<string>()]);

        List<string?> Texts(string name) => [.. events.Select(e => e[name].TryGetString(out var text) ? text : null).Distinct()];
    }

    /// <summary>What happened at the station while the run was at work, oldest first; that current flows is no effect.</summary>
    private static async Task<IReadOnlyList<StoredEvent>> EffectsAsync(
        RunEndpoints.RunDetails run, IStore store, CancellationToken cancellation)
    {
        if (RunDocument.StationOf(run.Input) is not { } subject)
            return [];
        var end = run.EndedAt + Afterwards;
        var found = await store.FindBetweenAsync(new EventQuery(subject), run.StartedAt, end, IsEffect, cancellation);
        return [.. found.Take(EffectsShown).Reverse()];

        bool IsEffect(StoredEvent e) => e.Envelope["type"] != EventTypes.MeterValues
            && EventWords.TimeOf(e.Envelope) is { } at && at >= run.StartedAt && !(at > end);
    }
}
