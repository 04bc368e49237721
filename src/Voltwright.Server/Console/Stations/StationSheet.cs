using Voltwright.Cluster;
using Voltwright.Gateway;
using Voltwright.Health;
using Voltwright.Server.Auth;
using Voltwright.Server.Console.Events;
using Voltwright.Server.Console.Layout;
using Voltwright.Server.Console.Sessions;
using Voltwright.Stations;
using Voltwright.Storage;

namespace Voltwright.Server.Console.Stations;

/// <summary>Gathers what the page of one station shows.</summary>
internal sealed class StationSheet(IGrainFactory grains, IStore store, StationTalk talk, SessionLog log, SiteCatalog sites, HealthReports health)
{
    private const int MessagesShown = 40;
    private const int EventsShown = 30;
    private const int EventsFolded = 200;
    private const int OthersShown = 10;

    /// <param name="problem">What was refused, to be shown above; null for nothing.</param>
    /// <param name="tried">A command that was sent from the page just now.</param>
    public async Task<IResult> ShowAsync(
        HttpContext context, string id, CancellationToken cancellation, int status = 200, string? problem = null, CommandTried? tried = null)
    {
        if (await grains.Find<IStationGrain>(id).Get() is not { } station)
            return ConsolePage.NotFound("There is no such station.");
        var sessions = await store.ListAsync("session", [("stationId", id)], OthersShown, null, cancellation);
        var known = sessions.Items.Select(s => DomainJson.Read(s.Body, DomainJson.Default.Session)).ToList();
        var curves = new List<(Voltwright.Sessions.Session, IReadOnlyList<CurvePoint>)>();
        foreach (var session in known.Where(s => s.StartedAt is not null && s.IsOpen))
            curves.Add((session, Curves.Of((await log.ReadAsync(session, cancellation)).Readings)));
        var tickets = await store.ListAsync("ticket", [("stationId", id)], OthersShown, null, cancellation);
        var events = await store.FindEventsAsync(new EventQuery(id), null, EventsFolded, cancellation);
        var sight = SiteGate.SightOf(context);
        return Page.Of<StationPage>(
            status, ("Station", station), ("Health", await health.OfAsync(station, cancellation)), ("Problem", problem), ("Tried", tried),
            ("Sessions", known), ("Open", curves),
            ("Tickets", tickets.Items.Select(t => DomainJson.Read(t.Body, DomainJson.Default.Ticket)).ToList()),
            ("Events", EventWords.Folded(events, EventsShown)), ("Messages", talk.Of(id, MessagesShown)),
            ("Sites", (await sites.ListAsync(cancellation)).Where(s => sight.SeesSite(s.Id)).ToList()),
            ("DriverUrl", $"{context.Request.Scheme}://{context.Request.Host}/s/{Uri.EscapeDataString(id)}"));
    }
}
