using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Voltwright.Cluster;
using Voltwright.Gateway;
using Voltwright.Jq;
using Voltwright.Server.Api;
using Voltwright.Server.Auth;
using Voltwright.Server.Console.Events;
using Voltwright.Server.Console.Layout;
using Voltwright.Server.Console.Overview;
using Voltwright.Server.Console.Sessions;
using Voltwright.Stations;
using Voltwright.Storage;
using Voltwright.Support;
using Session = Voltwright.Sessions.Session;

namespace Voltwright.Server.Console.Stations;

/// <summary>The list of stations with admission of new ones, one station, and what can be asked of it.</summary>
internal static class StationPages
{
    private const int OnPage = 50;

    public static void MapStationPages(this RouteGroupBuilder pages)
    {
        pages.MapGet("/stations", ListAsync).Allow(Access.Read).KeepsToSight();
        pages.MapPost("/stations", RegisterAsync).Allow(Access.Administer).KeepsToSight().WithSummary("Registers a station");
        pages.MapGet("/stations/{id}", ShowAsync).Allow(Access.Read).OfStation("id");
        pages.MapPost("/stations/{id}", ChangeAsync).Allow(Access.Administer).OfStation("id").WithSummary("Changes a station");
        pages.MapPost("/stations/{id}/secret", SetSecretAsync).Allow(Access.Administer).OfStation("id").WithSummary("Gives a station a new secret");
        pages.MapPost("/stations/{id}/remove", RemoveAsync).Allow(Access.Administer).OfStation("id").WithSummary("Removes a station");
        pages.MapPost("/stations/{id}/commands", CommandAsync).Allow(Access.Operate).OfStation("id").WithSummary("Sends a command to a station");
        pages.MapPost("/stations/{id}/restart", RestartAsync).Allow(Access.Operate).OfStation("id").WithSummary("Restarts a station");
        pages.MapPost("/stations/{id}/service", SetServiceAsync).Allow(Access.Operate).OfStation("id")
            .WithSummary("Takes a station or a slot in or out of service");
        pages.MapPost("/stations/{id}/slots/{slot:int}/lock", LockAsync).Allow(Access.Operate).OfStation("id").WithSummary("Locks a slot");
        pages.MapPost("/stations/{id}/slots/{slot:int}/unlock", UnlockAsync).Allow(Access.Operate).OfStation("id").WithSummary("Unlocks a slot");
    }

    private static async Task<IResult> ListAsync(
        string? q, string? state, string? protocol, string? site, int? page, IStore store, Fleet fleet, Sight sight, SiteCatalog sites,
        CancellationToken cancellation)
    {
        var filter = new StationFilter(q ?? "", state ?? "", protocol ?? "", site ?? "", Math.Max(page ?? 1, 1));
        return await ListPageAsync(200, null, filter, store, fleet, sight, sites, cancellation);
    }

    private static async Task<IResult> ListPageAsync(
        int status, string? problem, StationFilter filter, IStore store, Fleet fleet, Sight sight, SiteCatalog sites, CancellationToken cancellation)
    {
        var picture = (await fleet.LookAsync(cancellation)).Within(sight);
        var fitting = picture.Stations.Where(filter.Takes).ToList();
        var candidates = sight.IsAll ? await store.ListAsync("candidate", [], 50, null, cancellation) : new Page<ListedState>([], null);
        return Page.Of<StationListPage>(
            status, ("Filter", filter), ("Count", fitting.Count), ("Total", picture.Stations.Count), ("Problem", problem),
            ("Stations", fitting.Skip((filter.Page - 1) * OnPage).Take(OnPage).ToList()),
            ("Sites", await SitesAsync(sight, sites, cancellation)), ("HasMore", fitting.Count > filter.Page * OnPage),
            ("Candidates", candidates.Items.Select(c => DomainJson.Read(c.Body, DomainJson.Default.Candidate)).ToList()));
    }

    private static async Task<IReadOnlyList<Site>> SitesAsync(Sight sight, SiteCatalog sites, CancellationToken cancellation) =>
        [.. (await sites.ListAsync(cancellation)).Where(s => sight.SeesSite(s.Id))];

    private static async Task<IResult> RegisterAsync(
        HttpContext context, [FromForm] string? id, [FromForm] string? protocol, [FromForm] string? slots, [FromForm] string? secret,
        [FromForm] string? name, [FromForm] string? siteId, IGrainFactory grains, IStore store, Fleet fleet, Sight sight, SiteCatalog sites,
        CancellationToken cancellation)
    {
        var wanted = (id ?? "").Trim();
        AuditTrail.Note(context, wanted);
        if (!Station.IsValidId(wanted))
            return await RefuseAsync("A station's id has 1 to 48 letters, digits or characters of -_.:=*+|@");
        var count = int.TryParse(slots, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
        if (await StationEndpoints.SiteProblemAsync(siteId, sight, sites, cancellation) is { } wrong)
            return await RefuseAsync(wrong);
        var registration = new StationRegistration(wanted, protocol ?? "", count, Nothing(secret), Nothing(name), null, siteId);
        var outcome = await grains.Find<IStationGrain>(wanted).Register(registration, null);
        if (outcome.Refusal is { } refusal)
            return await RefuseAsync(refusal.Detail);
        return Frame.Go(context, $"/stations/{Uri.EscapeDataString(wanted)}", "The station is admitted.");

        Task<IResult> RefuseAsync(string problem) => ListPageAsync(400, problem, StationFilter.None, store, fleet, sight, sites, cancellation);
    }

    private static Task<IResult> ShowAsync(
        string id, IGrainFactory grains, IStore store, StationTalk talk, HttpRequest request, CancellationToken cancellation) =>
        PageAsync(200, null, null, id, grains, store, talk, request, cancellation);

    private static async Task<IResult> PageAsync(
        int status, string? problem, CommandTried? tried, string id, IGrainFactory grains, IStore store, StationTalk talk, HttpRequest request,
        CancellationToken cancellation)
    {
        if (await grains.Find<IStationGrain>(id).Get() is not { } station)
            return ConsolePage.NotFound("There is no such station.");
        var sessions = await store.ListAsync("session", [("stationId", id)], 10, null, cancellation);
        var tickets = await store.ListAsync("ticket", [("stationId", id)], 10, null, cancellation);
        var open = new List<(Session, IReadOnlyList<CurvePoint>)>();
        var log = request.HttpContext.RequestServices.GetRequiredService<SessionLog>();
        foreach (var session in sessions.Items.Select(s => DomainJson.Read(s.Body, DomainJson.Default.Session)).Where(s => s.StartedAt is not null && s.IsOpen))
            open.Add((session, Curves.Of(await log.ReadingsAsync(session, cancellation))));
        return Page.Of<StationPage>(
            status, ("Station", station), ("Problem", problem), ("Tried", tried), ("Open", open),
            ("Sessions", sessions.Items.Select(s => DomainJson.Read(s.Body, DomainJson.Default.Session)).ToList()),
            ("Tickets", tickets.Items.Select(t => DomainJson.Read(t.Body, DomainJson.Default.Ticket)).ToList()),
            ("Events", EventWords.Folded(await store.FindEventsAsync(new EventQuery(id), null, 200, cancellation), 30)),
            ("Health", await store.FindEventsAsync(new EventQuery(id, HealthTypes), null, 20, cancellation)),
            ("Sites", await SitesAsync(SiteGate.SightOf(request.HttpContext), new SiteCatalog(store), cancellation)),
            ("Messages", talk.Of(id, 40)),
            ("DriverUrl", $"{request.Scheme}://{request.Host}/s/{Uri.EscapeDataString(id)}"));
    }

    private static readonly string[] HealthTypes =
    [
        Voltwright.Events.EventTypes.Connected, Voltwright.Events.EventTypes.Disconnected, Voltwright.Events.EventTypes.Booted,
        Voltwright.Events.EventTypes.Faulted, Voltwright.Events.EventTypes.Recovered,
    ];

    private static async Task<IResult> ChangeAsync(
        HttpContext context, string id, [FromForm] string? name, [FromForm] string? slots, [FromForm] string? siteId, IGrainFactory grains,
        IStore store, StationTalk talk, Fleet fleet, Sight sight, SiteCatalog sites, CancellationToken cancellation)
    {
        if (siteId is not null && await StationEndpoints.SiteProblemAsync(siteId, sight, sites, cancellation) is { } wrong)
            return await PageAsync(400, wrong, null, id, grains, store, talk, context.Request, cancellation);
        int? count = int.TryParse(slots, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
        var changed = await grains.Find<IStationGrain>(id).Change(new StationChange(name?.Trim(), null, count, null, siteId), null);
        await fleet.RefreshAsync(id, cancellation);
        return changed.Refusal is { } refusal
            ? await PageAsync(400, refusal.Detail, null, id, grains, store, talk, context.Request, cancellation)
            : Frame.Go(context, PathOf(id), "Changed.");
    }

    private static async Task<IResult> SetSecretAsync(
        HttpContext context, string id, [FromForm] string? secret, IGrainFactory grains, IStore store, StationTalk talk,
        CancellationToken cancellation) =>
        (await grains.Find<IStationGrain>(id).SetSecret(secret ?? "")).Refusal is { } refusal
            ? await PageAsync(400, refusal.Detail, null, id, grains, store, talk, context.Request, cancellation)
            : Frame.Go(context, PathOf(id), "The new secret counts from the next connection on.");

    private static async Task<IResult> RemoveAsync(
        HttpContext context, string id, IGrainFactory grains, StationRoutes routes, CancellationToken cancellation)
    {
        var removed = await grains.Find<IStationGrain>(id).Remove();
        if (removed.Refusal is null && await routes.FindAsync(id) is { } link)
            await link.CloseAsync("The station was removed.").WaitAsync(cancellation);
        return removed.Refusal is null ? Frame.Go(context, "/stations", "The station is removed; its sessions stay.")
            : ConsolePage.NotFound("There is no such station.");
    }

    private static async Task<IResult> CommandAsync(
        HttpContext context, string id, [FromForm] string? action, [FromForm] string? payload, IGrainFactory grains, IStore store,
        StationTalk talk, StationRoutes routes, StationSecurity security, CancellationToken cancellation)
    {
        AuditTrail.Note(context, action ?? "");
        JsonValue wanted;
        try
        {
            wanted = string.IsNullOrWhiteSpace(payload) ? JsonObject.Empty : JsonValue.Parse(payload);
        }
        catch (JsonFormatException e)
        {
            return await AnswerAsync(400, $"The payload is not JSON: {e.Message}", null);
        }

        var outcome = await routes.FindAsync(id) is { } link
            ? await security.SendRawAsync(link, action ?? "", wanted, cancellation)
            : new CommandOutcome.Offline();
        var tried = new CommandTried(action ?? "", payload ?? "", outcome);
        return await AnswerAsync(outcome is CommandOutcome.Accepted ? 200 : 409, null, tried);

        Task<IResult> AnswerAsync(int status, string? problem, CommandTried? tried) =>
            PageAsync(status, problem, tried, id, grains, store, talk, context.Request, cancellation);
    }

    private static async Task<IResult> RestartAsync(
        HttpContext context, string id, CommandDesk desk, IGrainFactory grains, IStore store, StationTalk talk, CancellationToken cancellation)
    {
        var outcome = await desk.SendAsync(id, new StationCommand.Reset("soft"), cancellation);
        var tried = new CommandTried("Reset", "", outcome);
        return await PageAsync(
            outcome is CommandOutcome.Accepted ? 200 : 409, null, tried, id, grains, store, talk, context.Request, cancellation);
    }

    /// <param name="slot">Empty for the whole station.</param>
    private static async Task<IResult> SetServiceAsync(
        HttpContext context, string id, [FromForm] string? slot, [FromForm] bool operative, StationControl control, IGrainFactory grains, IStore store,
        StationTalk talk, CancellationToken cancellation)
    {
        int? number = int.TryParse(slot, NumberStyles.None, CultureInfo.InvariantCulture, out var chosen) ? chosen : null;
        if (number is null && !string.IsNullOrEmpty(slot))
            return await PageAsync(400, $"There is no slot '{slot}'.", null, id, grains, store, talk, context.Request, cancellation);
        AuditTrail.Note(context, $"{(number is null ? "all" : $"slot {number}")} {(operative ? "in" : "out of")} service");
        var wish = new AvailabilityWish(number, operative, null, null);
        return await AnswerAsync(context, id, await control.SetAvailability(id, wish, cancellation), grains, store, talk, cancellation);
    }

    private static async Task<IResult> LockAsync(
        HttpContext context, string id, int slot, StationControl control, IGrainFactory grains, IStore store, StationTalk talk,
        CancellationToken cancellation) =>
        await AnswerAsync(context, id, await control.Lock(id, slot, cancellation), grains, store, talk, cancellation);

    private static async Task<IResult> UnlockAsync(
        HttpContext context, string id, int slot, StationControl control, IGrainFactory grains, IStore store, StationTalk talk,
        CancellationToken cancellation) =>
        await AnswerAsync(context, id, await control.Unlock(id, slot, cancellation), grains, store, talk, cancellation);

    private static async Task<IResult> AnswerAsync(
        HttpContext context, string id, Outcome<Station> outcome, IGrainFactory grains, IStore store, StationTalk talk,
        CancellationToken cancellation) =>
        outcome.Refusal is { } refusal
            ? await PageAsync(409, refusal.Detail, null, id, grains, store, talk, context.Request, cancellation)
            : Frame.Go(context, PathOf(id), "Done.");

    private static string PathOf(string id) => $"/stations/{Uri.EscapeDataString(id)}";

    private static string? Nothing(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}

/// <summary>What the list is narrowed to; empty texts narrow nothing.</summary>
public sealed record StationFilter(string Text, string State, string Protocol, string Site, int Page)
{
    public static StationFilter None { get; } = new("", "", "", "", 1);

    public bool Takes(FleetStation station) =>
        (Text.Length == 0 || station.Fits(Text.Trim())) && (State.Length == 0 || station.State == State)
        && (Protocol.Length == 0 || station.Protocol == Protocol) && (Site.Length == 0 || station.SiteId == Site);

    public string UrlOf(int page) => string.Create(
        CultureInfo.InvariantCulture,
        $"/stations?q={Uri.EscapeDataString(Text)}&state={Uri.EscapeDataString(State)}&protocol={Uri.EscapeDataString(Protocol)}"
        + $"&site={Uri.EscapeDataString(Site)}&page={page}");
}

/// <summary>A command that was just tried, for the page to show with what came of it.</summary>
public sealed record CommandTried(string Action, string Payload, CommandOutcome Outcome);
