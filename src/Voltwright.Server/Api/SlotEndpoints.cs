using System.Text.Json;
using System.Text.Json.Serialization;
using Voltwright.Cluster;
using Voltwright.Server.Auth;
using Voltwright.Server.Problems;
using Voltwright.Sessions;
using Voltwright.Stations;
using Voltwright.Support;

namespace Voltwright.Server.Api;

/// <summary>The use case's own endpoints at a station: find a session, acquire a slot, LEDs, locks, support.</summary>
internal static class SlotEndpoints
{
    private const int LongestDurationMs = 24 * 60 * 60 * 1000;

    public static void MapSlots(this RouteGroupBuilder api)
    {
        var station = api.MapGroup("/stations/{stationId}").WithTags("Use case").OfStation();
        station.MapGet("/session/{cardId}", FindSessionAsync).Allow(Access.Read).Produces<FoundSession>()
            .WithSummary("The session that the card has open at the station, or had at a moment");
        station.MapPost("", AcquireAsync).Allow(Access.Operate).Produces<Acquired>().WithSummary("Acquires a free slot for a card");
        station.MapPost("/leds/{led}", SetLedAsync).Allow(Access.Operate).Produces<LedSet>().WithSummary("Sets the main LED or a slot's");
        station.MapPut("/slot/{slotNumber:int}/lock", LockAsync).Allow(Access.Operate).Produces<SlotChanged>().WithSummary("Locks a slot");
        station.MapPut("/slot/{slotNumber:int}/unlock", UnlockAsync).Allow(Access.Operate).Produces<SlotChanged>()
            .WithSummary("Unlocks a slot; waits for the end of the session that is being ended there");
        station.MapPost("/support", ReportAsync).Allow(Access.Support).Produces<Reported>()
            .WithSummary("Opens a ticket for an incident, or adds to the open one");
    }

    private static async Task<IResult> FindSessionAsync(
        string stationId, string cardId, IGrainFactory grains, StationControl control, CancellationToken cancellation, DateTimeOffset? at = null)
    {
        if (await control.FindSession(stationId, cardId, at, cancellation) is { } session)
            return TypedResults.Ok(new FoundSession(session));
        return await grains.Find<IStationGrain>(stationId).Get() is null
            ? StationEndpoints.NotFound(stationId)
            : Problem.Of("no-active-session", "No active session", 404, $"Card {cardId} has no session at station {stationId}.").ToResult();
    }

    private static async Task<IResult> AcquireAsync(
        string stationId, Acquisition wanted, [RequestKey] string? requestKey, IGrainFactory grains) =>
        (await grains.Find<IStationGrain>(stationId).AcquireSlot(wanted.Card.Id, requestKey, wanted.At)).ToResult(lease => TypedResults.Ok(
            new Acquired(new AcquiredSlot(lease.SlotNumber), new AcquiredSession(lease.SessionId, lease.ExpiresAt))));

    private static async Task<IResult> SetLedAsync(
        string stationId, string led, LedChange wanted, StationControl control, CancellationToken cancellation)
    {
        if (wanted.Action is not ("on" or "off" or "flicker"))
            return Refuse("action", $"'{wanted.Action}' is nothing a LED does: use on, off or flicker.");
        if (wanted.Duration is < 1 or > LongestDurationMs)
            return Refuse("duration", "A duration is given in milliseconds, from 1 to a day.");
        var set = await control.SetLed(stationId, led, new LedState(wanted.Action, wanted.Color, wanted.Duration, wanted.SessionId), cancellation);
        return set.ToResult(station => TypedResults.Ok(new LedSet(LedView.Of(station.Leds[led]))));
    }

    private static IResult Refuse(string field, string detail) => (Problem.Invalid(detail) with { Field = field }).ToResult();

    private static async Task<IResult> LockAsync(string stationId, int slotNumber, StationControl control, CancellationToken cancellation) =>
        Answer(slotNumber, await control.Lock(stationId, slotNumber, cancellation));

    private static async Task<IResult> UnlockAsync(string stationId, int slotNumber, StationControl control, CancellationToken cancellation) =>
        Answer(slotNumber, await control.Unlock(stationId, slotNumber, cancellation));

    private static IResult Answer(int slotNumber, Outcome<Station> outcome) =>
        outcome.ToResult(station => TypedResults.Ok(new SlotChanged(SlotView.Of(station.FindSlot(slotNumber)!))));

    private static async Task<IResult> ReportAsync(
        string stationId, Incident wanted, [RequestKey] string? requestKey, StationControl control, CancellationToken cancellation)
    {
        var report = new IncidentReport(wanted.SlotNumber, wanted.Error.Code, wanted.Error.Info, wanted.Error.VendorCode, wanted.SessionId);
        return (await control.ReportIncident(stationId, report, requestKey, cancellation)).ToResult(t => TypedResults.Ok(new Reported(t)));
    }

    internal sealed record FoundSession(Session Session);

    /// <param name="At">The tap that it is for: a session that this led to and that is over is the answer then, and no slot is taken.</param>
    internal sealed record Acquisition(AcquiringCard Card, DateTimeOffset? At = null);

    /// <summary>The card of a card-scanned event; what else the event knows of it is not needed here.</summary>
    internal sealed record AcquiringCard(string Id)
    {
        [JsonExtensionData]
        public Dictionary<string, JsonElement>? More { get; init; }
    }

    internal sealed record Acquired(AcquiredSlot Slot, AcquiredSession Session);

    internal sealed record AcquiredSlot(int Number);

    internal sealed record AcquiredSession(string Id, DateTimeOffset? LeaseExpiresAt);

    /// <param name="Action"><c>on</c>, <c>off</c> or <c>flicker</c>.</param>
    /// <param name="Color">A CSS colour name or <c>#rrggbb</c>; absent keeps the colour.</param>
    /// <param name="Duration">Milliseconds after which the LED goes back; absent lasts.</param>
    /// <param name="SessionId">The session that it is shown for and that must hold the slot: the LED goes dark with it. Absent: shown until changed.</param>
    internal sealed record LedChange(string Action, string? Color = null, int? Duration = null, string? SessionId = null);

    internal sealed record LedSet(LedView Led);

    internal sealed record SlotChanged(SlotView Slot);

    /// <param name="SlotNumber">Absent means the station as a whole.</param>
    /// <param name="SessionId">Given when the incident is about a session's money or driver: the equipment stays in service.</param>
    internal sealed record Incident(IncidentError Error, int? SlotNumber = null, string? SessionId = null);

    internal sealed record IncidentError(string? Code = null, string? Info = null, string? VendorCode = null);

    internal sealed record Reported(Ticket Ticket);
}
