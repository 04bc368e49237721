using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Voltwright.Cluster;
using Voltwright.Gateway;
using Voltwright.Jq;
using Voltwright.Server.Api;
using Voltwright.Server.Auth;
using Voltwright.Server.Console.Layout;
using Voltwright.Server.Console.Overview;
using Voltwright.Stations;
using Voltwright.Storage;
using Voltwright.Support;

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

    private static Task<IResult> ShowAsync(HttpContext context, string id, StationSheet sheet, CancellationToken cancellation) =>
        sheet.ShowAsync(context, id, cancellation);

    private static async Task<IResult> ChangeAsync(
        HttpContext context, string id, IFormCollection form, IGrainFactory grains, StationSheet sheet, Fleet fleet, Sight sight, SiteCatalog sites,
        CancellationToken cancellation)
    {
        var site = form.Changed("siteId");
        if (site is not null && await StationEndpoints.SiteProblemAsync(site, sight, sites, cancellation) is { } wrong)
            return await sheet.ShowAsync(context, id, cancellation, 400, wrong);
        int? count = form.Changed("slots") is { } slots ? Number(slots) ?? -1 : null;
        var changed = await grains.Find<IStationGrain>(id).Change(new StationChange(form.Changed("name")?.Trim(), null, count, null, site), null);
        await fleet.RefreshAsync(id, cancellation);
        return changed.Refusal is { } refusal
            ? await sheet.ShowAsync(context, id, cancellation, 400, refusal.Detail)
            : Frame.Go(context, PathOf(id), "Changed.");
    }

    private static async Task<IResult> SetSecretAsync(
        HttpContext context, string id, [FromForm] string? secret, IGrainFactory grains, StationSheet sheet, CancellationToken cancellation) =>
        (await grains.Find<IStationGrain>(id).SetSecret(secret ?? "")).Refusal is { } refusal
            ? await sheet.ShowAsync(context, id, cancellation, 400, refusal.Detail)
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
        HttpContext context, string id, [FromForm] string? action, [FromForm] string? payload, StationSheet sheet, StationRoutes routes,
        StationSecurity security, CancellationToken cancellation)
    {
        AuditTrail.Note(context, action ?? "");
        JsonValue wanted;
        try
        {
            wanted = string.IsNullOrWhiteSpace(payload) ? JsonObject.Empty : JsonValue.Parse(payload);
        }
        catch (JsonFormatException e)
        {
            return await sheet.ShowAsync(context, id, cancellation, 400, $"The payload is not JSON: {e.Message}");
        }

        var outcome = await routes.FindAsync(id) is { } link
            ? await security.SendRawAsync(link, action ?? "", wanted, cancellation)
            : new CommandOutcome.Offline();
        return await ShowOutcomeAsync(context, id, new CommandTried(action ?? "", payload ?? "", outcome), sheet, cancellation);
    }

    private static async Task<IResult> RestartAsync(
        HttpContext context, string id, CommandDesk desk, StationSheet sheet, CancellationToken cancellation)
    {
        var outcome = await desk.SendAsync(id, new StationCommand.Reset("soft"), cancellation);
        return await ShowOutcomeAsync(context, id, new CommandTried("Reset", "", outcome), sheet, cancellation);
    }

    private static Task<IResult> ShowOutcomeAsync(
        HttpContext context, string id, CommandTried tried, StationSheet sheet, CancellationToken cancellation) =>
        sheet.ShowAsync(context, id, cancellation, tried.Outcome is CommandOutcome.Accepted ? 200 : 409, null, tried);

    /// <param name="slot">Empty for the whole station.</param>
    private static async Task<IResult> SetServiceAsync(
        HttpContext context, string id, [FromForm] string? slot, [FromForm] bool operative, StationControl control, StationSheet sheet,
        CancellationToken cancellation)
    {
        var number = Number(slot);
        if (number is null && !string.IsNullOrEmpty(slot))
            return await sheet.ShowAsync(context, id, cancellation, 400, $"There is no slot '{slot}'.");
        AuditTrail.Note(context, $"{(number is null ? "all" : $"slot {number}")} {(operative ? "in" : "out of")} service");
        var wish = new AvailabilityWish(number, operative, null, null);
        return await AnswerAsync(context, id, await control.SetAvailability(id, wish, cancellation), sheet, cancellation);
    }

    private static async Task<IResult> LockAsync(
        HttpContext context, string id, int slot, StationControl control, StationSheet sheet, CancellationToken cancellation) =>
        await AnswerAsync(context, id, await control.Lock(id, slot, cancellation), sheet, cancellation);

    private static async Task<IResult> UnlockAsync(
        HttpContext context, string id, int slot, StationControl control, StationSheet sheet, CancellationToken cancellation) =>
        await AnswerAsync(context, id, await control.Unlock(id, slot, cancellation), sheet, cancellation);

    private static async Task<IResult> AnswerAsync(
        HttpContext context, string id, Outcome<Station> outcome, StationSheet sheet, CancellationToken cancellation) =>
        outcome.Refusal is { } refusal
            ? await sheet.ShowAsync(context, id, cancellation, 409, refusal.Detail)
            : Frame.Go(context, PathOf(id), "Done.");

    private static int? Number(string? text) => int.TryParse(text?.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

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
