using Voltwright.Cards;
using Voltwright.Cluster;
using Voltwright.Gateway;
using Voltwright.Jq;
using Voltwright.Server.Auth;
using Voltwright.Server.Problems;
using Voltwright.Stations;
using Voltwright.Storage;

namespace Voltwright.Server.Api;

internal static class StationEndpoints
{
    public static void MapStations(this RouteGroupBuilder api)
    {
        var stations = api.MapGroup("/stations").WithTags("Stations");
        stations.MapPost("", RegisterAsync).Allow(Access.Administer).KeepsToSight().Produces<StationView>(201)
            .WithSummary("Registers a station; its secret is never shown again");
        stations.MapGet("", ListAsync).Allow(Access.Read).KeepsToSight().Produces<Listed<StationView>>().WithSummary("Lists the stations");
        stations.MapGet("/{stationId}", GetAsync).Allow(Access.Read).OfStation().Produces<StationView>()
            .WithSummary("Shows a station with its slots and LEDs");
        stations.MapPatch("/{stationId}", ChangeAsync).Allow(Access.Administer).OfStation().Produces<StationView>()
            .WithSummary("Changes name, protocol, number of slots, security profile, site or registration");
        stations.MapDelete("/{stationId}", RemoveAsync).Allow(Access.Administer).OfStation().Produces(204)
            .WithSummary("Removes a station; its sessions stay");
        stations.MapPut("/{stationId}/secret", SetSecretAsync).Allow(Access.Administer).OfStation().Produces(204)
            .WithSummary("Gives a station a new secret");
        stations.MapGet("/{stationId}/commands", CommandsAsync).Allow(Access.Operate).OfStation().Produces<Listed<KnownCommand>>()
            .WithSummary("Lists the commands of the station's own protocol, each with a payload to begin with");
        stations.MapPost("/{stationId}/commands", CommandAsync).Allow(Access.Operate).OfStation().Produces<Answered>()
            .WithSummary("Sends a command of the station's own protocol and returns its answer");
        stations.MapPut("/{stationId}/availability", SetAvailabilityAsync).Allow(Access.Operate).OfStation().Produces<StationView>()
            .WithSummary("Takes a station or slot in or out of service, now or as planned; stations that come back are told again");
        stations.MapGet("/{stationId}/card-list", GetListAsync).Allow(Access.Read).OfStation().Produces<CardList>()
            .WithSummary("What a station knows of cards by itself: its local authorisation list");
        stations.MapPut("/{stationId}/card-list", EnableListAsync).Allow(Access.Operate).OfStation().Produces<CardList>()
            .WithSummary("Gives a station a local authorisation list, kept in step from then on; or takes it away");
        api.MapGet("/candidates", CandidatesAsync).WithTags("Stations").Allow(Access.Read).Produces<Listed<Candidate>>()
            .WithSummary("Lists stations that tried to connect and are not registered");
        api.MapPost("/candidates/{stationId}/admission", AdmitAsync).WithTags("Stations").Allow(Access.Administer).Produces<Admitted>(201)
            .WithSummary("Registers a station that tried to connect; a secret that is made for it is shown this once");
    }

    private static async Task<IResult> RegisterAsync(
        Registration wanted, [RequestKey] string? requestKey, IGrainFactory grains, Sight sight, SiteCatalog sites, CancellationToken cancellation)
    {
        if (!Station.IsValidId(wanted.Id))
            return Refuse("id", "A station's id has 1 to 48 letters, digits or characters of -_.:=*+|@");
        if (await SiteProblemAsync(wanted.SiteId, sight, sites, cancellation) is { } problem)
            return Refuse("siteId", problem);
        var registration = new StationRegistration(
            wanted.Id, wanted.Protocol, wanted.Slots, wanted.Secret, wanted.Name, wanted.SecurityProfile, wanted.SiteId);
        var registered = await grains.Find<IStationGrain>(wanted.Id).Register(registration, requestKey);
        return registered.ToResult(station => TypedResults.Created($"/api/v2/stations/{Uri.EscapeDataString(station.Id)}", StationView.Of(station)));
    }

    private static async Task<IResult> ListAsync(
        IStore store, TimeProvider time, Sight sight, CancellationToken cancellation, string? siteId = null, int? limit = null,
        string? after = null) =>
        TypedResults.Ok(await store.ListAsync(
            "station", limit, after, body => StationView.Of(DomainJson.Read(body, DomainJson.Default.Station).AsOf(time.GetUtcNow())),
            cancellation, [.. sight.NarrowSites(siteId)]));

    /// <summary>Why a station cannot be put at that site by somebody with that sight; null when it can.</summary>
    /// <param name="siteId">Null or empty for none.</param>
    internal static async ValueTask<string?> SiteProblemAsync(string? siteId, Sight sight, SiteCatalog sites, CancellationToken cancellation) =>
        string.IsNullOrEmpty(siteId) ? sight.IsAll ? null : "Say at which of your sites the station stands."
        : !sight.SeesSite(siteId) || await sites.FindAsync(siteId, cancellation) is null ? $"There is no site '{siteId}'."
        : null;

    private static async Task<IResult> GetAsync(string stationId, IGrainFactory grains) =>
        await grains.Find<IStationGrain>(stationId).Get() is { } station
            ? TypedResults.Ok(StationView.Of(station))
            : NotFound(stationId);

    private static async Task<IResult> ChangeAsync(
        string stationId, Changes wanted, [RequestKey] string? requestKey, IGrainFactory grains, Sight sight, SiteCatalog sites,
        CancellationToken cancellation)
    {
        if (wanted.SiteId is not null && await SiteProblemAsync(wanted.SiteId, sight, sites, cancellation) is { } problem)
            return Refuse("siteId", problem);
        var change = new StationChange(wanted.Name, wanted.Protocol, wanted.Slots, wanted.SecurityProfile, wanted.SiteId, wanted.Registration);
        var changed = await grains.Find<IStationGrain>(stationId).Change(change, requestKey);
        return changed.ToResult(station => TypedResults.Ok(StationView.Of(station)));
    }

    private static async Task<IResult> RemoveAsync(string stationId, IGrainFactory grains, StationRoutes routes)
    {
        var link = await routes.FindAsync(stationId);
        var removed = await grains.Find<IStationGrain>(stationId).Remove();
        if (removed.Refusal is null && link is not null)
            await link.CloseAsync("The station was removed.");
        return removed.ToResult(_ => TypedResults.NoContent());
    }

    private static async Task<IResult> SetSecretAsync(string stationId, NewSecret wanted, IGrainFactory grains) =>
        (await grains.Find<IStationGrain>(stationId).SetSecret(wanted.Secret)).ToResult(_ => TypedResults.NoContent());

    private static async Task<IResult> GetListAsync(string stationId, IGrainFactory grains, CardLists lists, CancellationToken cancellation) =>
        await grains.Find<IStationGrain>(stationId).Get() is null
            ? NotFound(stationId)
            : TypedResults.Ok(await lists.FindAsync(stationId, cancellation));

    private static async Task<IResult> EnableListAsync(
        string stationId, ListSetting wanted, IGrainFactory grains, CardLists lists, CancellationToken cancellation) =>
        await grains.Find<IStationGrain>(stationId).Get() is null
            ? NotFound(stationId)
            : TypedResults.Ok(await lists.EnableAsync(stationId, wanted.Enabled, cancellation));

    private static async Task<IResult> SetAvailabilityAsync(
        string stationId, Service wanted, StationControl control, CancellationToken cancellation)
    {
        var wish = new AvailabilityWish(wanted.SlotNumber, wanted.Operative, wanted.From, wanted.Until);
        return (await control.SetAvailability(stationId, wish, cancellation)).ToResult(station => TypedResults.Ok(StationView.Of(station)));
    }

    private static async Task<IResult> CommandsAsync(string stationId, IGrainFactory grains, TimeProvider time) =>
        await grains.Find<IStationGrain>(stationId).Get() is { } station
            ? TypedResults.Ok(new Listed<KnownCommand>(StationCommands.Of(station.Protocol, time.GetUtcNow()), null))
            : NotFound(stationId);

    private static async Task<IResult> CommandAsync(
        string stationId, Command wanted, IGrainFactory grains, StationRoutes routes, StationSecurity security, CancellationToken cancellation)
    {
        if (await routes.FindAsync(stationId) is { } link)
        {
            var outcome = await security.SendRawAsync(link, wanted.Action, wanted.Payload ?? JsonObject.Empty, cancellation);
            return Answer(stationId, wanted, outcome);
        }

        return await grains.Find<IStationGrain>(stationId).Get() is null
            ? NotFound(stationId)
            : Answer(stationId, wanted, new CommandOutcome.Offline());
    }

    private static IResult Answer(string stationId, Command wanted, CommandOutcome outcome) => outcome switch
    {
        CommandOutcome.Accepted accepted => TypedResults.Ok(new Answered(wanted.Action, accepted.Answer)),
        CommandOutcome.Malformed malformed => Refuse("payload", $"The command was not sent: {malformed.Problems}"),
        CommandOutcome.Offline => Refused(RefusalKind.StationOffline, $"Station {stationId} is not connected."),
        CommandOutcome.Silent silent => Refused(
            RefusalKind.StationSilent, $"Station {stationId} did not answer within {silent.Waited.TotalSeconds:0} s."),
        CommandOutcome.Rejected rejected => Refused(RefusalKind.StationRefused, $"Station {stationId} refused: {rejected.Reason}"),
        CommandOutcome.Unsupported unsupported => Refused(
            RefusalKind.StationRefused, $"Station {stationId} cannot do that: {unsupported.Reason}"),
        _ => throw new InvalidOperationException($"No answer stands for {outcome.GetType().Name}."),
    };

    private static IResult Refused(RefusalKind kind, string detail) => Problem.From(new Refusal(kind, detail)).ToResult();

    private static async Task<IResult> CandidatesAsync(
        IStore store, CancellationToken cancellation, int? limit = null, string? after = null) =>
        TypedResults.Ok(await store.ListAsync(
            "candidate", limit, after, body => DomainJson.Read(body, DomainJson.Default.Candidate), cancellation));

    private static async Task<IResult> AdmitAsync(
        string stationId, Admittance wanted, [RequestKey] string? requestKey, IStore store, IGrainFactory grains, Sight sight, SiteCatalog sites,
        CancellationToken cancellation)
    {
        if (await SiteProblemAsync(wanted.SiteId, sight, sites, cancellation) is { } problem)
            return Refuse("siteId", problem);
        if (await store.LoadAsync($"candidate/{stationId}", cancellation) is not { } stored)
            return Problem.NotFound($"No station '{stationId}' has tried to connect.").ToResult();
        var protocol = wanted.Protocol ?? DomainJson.Read(stored.Body, DomainJson.Default.Candidate).Protocol;
        var made = wanted.Secret is null && wanted.SecurityProfile is not (0 or 3) ? Credential.NewSecret() : null;
        var registration = new StationRegistration(
            stationId, protocol == "http" ? "mqtt" : protocol, wanted.Slots, wanted.Secret ?? made, wanted.Name, wanted.SecurityProfile,
            wanted.SiteId);
        var registered = await grains.Find<IStationGrain>(stationId).Register(registration, requestKey);
        return registered.ToResult(
            station => TypedResults.Created($"/api/v2/stations/{Uri.EscapeDataString(station.Id)}", new Admitted(StationView.Of(station), made)));
    }

    private static IResult Refuse(string field, string detail) => (Problem.Invalid(detail) with { Field = field }).ToResult();

    internal static IResult NotFound(string stationId) => Problem.NotFound($"There is no station '{stationId}'.").ToResult();

    /// <param name="Protocol"><c>ocpp1.6</c>, <c>ocpp2.0.1</c>, <c>ocpp2.1</c> or <c>mqtt</c>.</param>
    /// <param name="Slots">How many places to charge it has.</param>
    /// <param name="Secret">What it authenticates with. It can be set later; until then the station is refused.</param>
    /// <param name="SecurityProfile">
    /// 0 lets it in by its id alone, 1 by its secret, 2 by its secret over TLS, 3 by its certificate. Absent is 1.
    /// </param>
    /// <param name="SiteId">Where it stands; absent is nowhere.</param>
    internal sealed record Registration(
        string Id, string Protocol, int Slots, string? Secret = null, string? Name = null, int? SecurityProfile = null,
        string? SiteId = null);

    /// <summary>What is absent stays.</summary>
    /// <param name="SiteId">Empty takes it out of its site.</param>
    /// <param name="Registration"><c>pending</c> has an OCPP station wait with all but its setup from its next boot on, until <c>accepted</c>.</param>
    internal sealed record Changes(
        string? Name = null, string? Protocol = null, int? Slots = null, int? SecurityProfile = null, string? SiteId = null,
        Voltwright.Stations.Registration? Registration = null);

    /// <param name="Secret">What the station authenticates with already; absent has one made.</param>
    /// <param name="Protocol">Absent takes what it spoke when it tried.</param>
    internal sealed record Admittance(
        int Slots, string? Secret = null, string? Name = null, int? SecurityProfile = null, string? Protocol = null, string? SiteId = null);

    /// <param name="Secret">Made here, and kept as a hash only: shown this once.</param>
    internal sealed record Admitted(StationView Station, string? Secret);

    /// <param name="SlotNumber">Absent means the station as a whole.</param>
    /// <param name="From">Absent means now.</param>
    /// <param name="Until">When it is the other way round again; absent lasts.</param>
    internal sealed record Service(bool Operative, int? SlotNumber = null, DateTimeOffset? From = null, DateTimeOffset? Until = null);

    internal sealed record ListSetting(bool Enabled);

    internal sealed record NewSecret(string Secret);

    /// <param name="Payload">As the protocol's specification has it; absent means empty.</param>
    internal sealed record Command(string Action, JsonValue? Payload = null);

    internal sealed record Answered(string Action, JsonValue Answer);
}
