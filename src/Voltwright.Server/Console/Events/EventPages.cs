using System.Globalization;
using Voltwright.Automation;
using Voltwright.Jq;
using Voltwright.Server.Api;
using Voltwright.Server.Auth;
using Voltwright.Server.Console.Layout;
using Voltwright.Server.Console.Runs;
using Voltwright.Server.Console.Workflows;
using Voltwright.Storage;

namespace Voltwright.Server.Console.Events;

/// <summary>The log of everything that happened, live and backwards, and one event with what it started.</summary>
internal static class EventPages
{
    private const long LookedThrough = 20_000;
    private const long LookedThroughOfAStation = 2_000_000;
    private const int OnPage = 100;

    public static void MapEventPages(this RouteGroupBuilder pages)
    {
        pages.MapGet("/event-log", ListAsync).Allow(Access.Read).KeepsToSight();
        pages.MapGet("/event-log/{position:long}", ShowAsync).Allow(Access.Read).KeepsToSight();
    }

    private static async Task<IResult> ListAsync(
        string? type, string? subject, long? before, IStore store, Sight sight, CancellationToken cancellation)
    {
        var query = new EventQuery(
            string.IsNullOrWhiteSpace(subject) ? null : subject.Trim(), string.IsNullOrWhiteSpace(type) ? null : [type.Trim()]);
        // What no index leads to is looked for a stretch at a time: a rare type among millions must not take seconds, again and again.
        var stretch = query.Types is null && sight.IsIndexed ? long.MaxValue : query.Subject is null ? LookedThrough : LookedThroughOfAStation;
        query = query with { After = Math.Max(0, (before ?? store.LastEventPosition + 1) - stretch) };
        var events = await sight.FindEventsAsync(store, query, before, OnPage, cancellation);
        var next = events.Count == OnPage ? events[^1].Position : query.After > 0 ? query.After + 1 : 0;
        return Page.Of<EventListPage>(
            ("Events", events), ("Type", type), ("Subject", subject), ("IsFirst", before is null), ("HasOlder", events.Count < OnPage && next > 0),
            ("Next", next > 0 ? next.ToString(CultureInfo.InvariantCulture) : null));
    }

    private static async Task<IResult> ShowAsync(long position, IStore store, Sight sight, WorkflowCatalog catalog, CancellationToken cancellation)
    {
        if (await store.ReadEventsAsync(position - 1, 1, cancellation) is not [var found] || found.Position != position || !sight.Sees(found.Envelope))
            return ConsolePage.NotFound("There is no such event.");
        var runs = await StartedRuns.FindAsync(found.Envelope, store, catalog, cancellation);
        var starting = catalog.All.DistinctBy(w => w.Id.Family).ToLookup(w => WorkflowStarts.Matches(w, found.Envelope));
        return Page.Of<EventPage>(("Event", found), ("Runs", runs), ("Starting", starting[true].ToList()), ("Others", starting[false].ToList()));
    }
}
