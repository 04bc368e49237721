using Voltwright.Automation;
using Voltwright.Jq;
using Voltwright.Server.Api;
using Voltwright.Server.Auth;
using Voltwright.Server.Console.Events;
using Voltwright.Server.Console.Layout;
using Voltwright.Storage;
using Voltwright.Support;

namespace Voltwright.Server.Console.Overview;

/// <summary>The first page: how everything is, and what needs a person.</summary>
internal static class OverviewPages
{
    private const int Shown = 8;

    public static void MapOverview(this RouteGroupBuilder pages) => pages.MapGet("/", ShowAsync).Allow(Access.Read).KeepsToSight();

    private static async Task<IResult> ShowAsync(IStore store, Fleet fleet, Sight sight, CancellationToken cancellation)
    {
        var picture = (await fleet.LookAsync(cancellation)).Within(sight);
        var open = await store.ListAsync("ticket", sight.Filters(("status", "open")), Shown, null, cancellation);
        var faulted = await store.ListAsync(RunDocument.StreamKind, sight.Filters(("status", "faulted")), 5, null, cancellation);
        var newest = await store.ListAsync(RunDocument.StreamKind, sight.Filters(), Shown, null, cancellation);
        var counts = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var status in (string[])["running", "waiting", "faulted"])
            counts[status] = await store.CountAsync(RunDocument.StreamKind, sight.Filters(("status", status)), cancellation);
        return Page.Of<OverviewPage>(
            ("Fleet", picture),
            ("Tickets", open.Items.Select(t => DomainJson.Read(t.Body, DomainJson.Default.Ticket)).ToList()),
            ("TicketCount", await store.CountAsync("ticket", sight.Filters(("status", "open")), cancellation)),
            ("Candidates", sight.IsAll ? await store.CountAsync("candidate", [], cancellation) : 0),
            ("Unpaid", await store.CountAsync("session", sight.Filters(("status", "unpaid")), cancellation)),
            ("Faulted", Heads(faulted)),
            ("Newest", Heads(newest)),
            ("RunCounts", counts),
            ("Events", EventWords.Folded(await sight.FindEventsAsync(store, new EventQuery(), null, 100, cancellation), 10)));
    }

    private static List<RunEndpoints.RunHead> Heads(Page<ListedState> page) =>
        [.. page.Items.Select(r => RunEndpoints.Head(JsonValue.Parse(r.Body.Span)))];
}
