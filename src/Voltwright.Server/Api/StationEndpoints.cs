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
        stations.MapPost("", RegisterAsync).Allow(Access.Administer).Produces<StationView>(201)
            .WithSummary("Registers a station; its secret is never shown again");
        stations.MapGet("", ListAsync).Allow(Access.Read).Produces<Listed<StationView>>().WithSummary("Lists the stations");
        stations.MapGet("/{stationId}", GetAsync).Allow(Access.Read).Produces<StationView>()
            .WithSummary("Shows a station with its slots and LEDs");
        stations.MapPatch("/{stationId}", ChangeAsync).Allow(Access.Administer).Produces<StationView>()
            .WithSummary("Changes name, protocol or number of slots");
        stations.MapDelete("/{stationId}", RemoveAsync).Allow(Access.Administer).Produces(204)
            .WithSummary("Removes a station; its sessions stay");
        stations.MapPut("/{stationId}/secret", SetSecretAsync).Allow(Access.Administer).Produces(204)
            .WithSummary("Gives a station a new secret");
        stations.MapPost("/{stationId}/commands", CommandAsync).Allow(Access.Operate).Produces<Answered>()
            .WithSummary("Sends a command of the station's own protocol and returns its answer");
        api.MapGet("/candidates", CandidatesAsync).WithTags("Stations").Allow(Access.Read).Produces<Listed<Candidate>>()
            .WithSummary("Lists stations that tried to connect and are not registered");
    }

    private static async Task<IResult> RegisterAsync(Registration wanted, [RequestKey] string? requestKey, IGrainFactory grains)
    {
        if (!Station.IsValidId(wanted.Id))
            return Refuse("id", "A station's id has 1 to 48 letters, digits or characters of -_.:=*+|@");
        var registration = new StationRegistration(wanted.Id, wanted.Protocol, wanted.Slots, wanted.Secret, wanted.Name);
        var registered = await grains.GetGrain<IStationGrain>(wanted.Id).Register(registration, requestKey);
        return registered.ToResult(station => TypedResults.Created($"/api/v2/stations/{station.Id}", StationView.Of(station)));
    }

    private static async Task<IResult> ListAsync(
        IStore store, TimeProvider time, CancellationToken cancellation, int? limit = null, string? after = null) =>
        TypedResults.Ok(await store.ListAsync(
            "station", limit, after, body => StationView.Of(DomainJson.Read(body, DomainJson.Default.Station).AsOf(time.GetUtcNow())),
            cancellation));

    private static async Task<IResult> GetAsync(string stationId, IGrainFactory grains) =>
        await grains.GetGrain<IStationGrain>(stationId).Get() is { } station
            ? TypedResults.Ok(StationView.Of(station))
            : NotFound(stationId);

    private static async Task<IResult> ChangeAsync(string stationId, Changes wanted, [RequestKey] string? requestKey, IGrainFactory grains)
    {
        var change = new StationChange(wanted.Name, wanted.Protocol, wanted.Slots);
        var changed = await grains.GetGrain<IStationGrain>(stationId).Change(change, requestKey);
        return changed.ToResult(station => TypedResults.Ok(StationView.Of(station)));
    }

    private static async Task<IResult> RemoveAsync(string stationId, IGrainFactory grains, StationLinks links)
    {
        var removed = await grains.GetGrain<IStationGrain>(stationId).Remove();
        if (removed.Refusal is null && links.Find(stationId) is { } link)
            await link.CloseAsync("The station was removed.");
        return removed.ToResult(_ => TypedResults.NoContent());
    }

    private static async Task<IResult> SetSecretAsync(string stationId, NewSecret wanted, IGrainFactory grains) =>
        (await grains.GetGrain<IStationGrain>(stationId).SetSecret(wanted.Secret)).ToResult(_ => TypedResults.NoContent());

    private static async Task<IResult> CommandAsync(
        string stationId, Command wanted, IGrainFactory grains, StationLinks links, CancellationToken cancellation)
    {
        if (links.Find(stationId) is { } link)
            return Answer(stationId, wanted, await link.SendRawAsync(wanted.Action, wanted.Payload ?? JsonObject.Empty, cancellation));
        return await grains.GetGrain<IStationGrain>(stationId).Get() is null
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

    private static IResult Refuse(string field, string detail) => (Problem.Invalid(detail) with { Field = field }).ToResult();

    internal static IResult NotFound(string stationId) => Problem.NotFound($"There is no station '{stationId}'.").ToResult();

    /// <param name="Protocol"><c>ocpp1.6</c>, <c>ocpp2.0.1</c>, <c>ocpp2.1</c> or <c>mqtt</c>.</param>
    /// <param name="Slots">How many places to charge it has.</param>
    /// <param name="Secret">What it authenticates with; without one it is admitted by its id alone.</param>
    internal sealed record Registration(string Id, string Protocol, int Slots, string? Secret = null, string? Name = null);

    /// <summary>What is absent stays.</summary>
    internal sealed record Changes(string? Name = null, string? Protocol = null, int? Slots = null);

    internal sealed record NewSecret(string Secret);

    /// <param name="Payload">As the protocol's specification has it; absent means empty.</param>
    internal sealed record Command(string Action, JsonValue? Payload = null);

    internal sealed record Answered(string Action, JsonValue Answer);
}
