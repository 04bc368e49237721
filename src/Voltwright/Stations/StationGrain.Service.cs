using Voltwright.Cards;
using Voltwright.Events;
using Voltwright.Gateway.Vendors;
using Voltwright.Jq;
using Voltwright.Reservations;

namespace Voltwright.Stations;

/// <summary>Reservations, and what is in service.</summary>
public sealed partial class StationGrain
{
    public async Task<Outcome<Reservation>> Reserve(ReservationWish wish, string? requestKey)
    {
        wish = wish with { CardId = Card.Canonical(wish.CardId) };
        var (card, number) = (await CardAsync(wish.CardId), await numbers.NextAsync());
        return await DecideAsync(
            turn => turn is null ? NotRegistered : Reserving.Reserve(turn, wish, card, number),
            requestKey: Scoped(requestKey, "reserve"), replyType: DomainJson.Default.OutcomeReservation);
    }

    public Task<Outcome<Reservation>> CancelReservation(string reservationId) => DecideReservationAsync(reservationId, Reserving.Cancel);

    public Task<Outcome<Reservation>> ReservationReached(string reservationId, int told, string reached, string? problem) =>
        DecideReservationAsync(reservationId, (turn, known) => Reserving.Reached(turn, known, told, reached, problem));

    public Task ReservationReported(int number, bool expired) => DecideAsync(turn => Reserving.Reported(turn, number, expired));

    public Task<Outcome<Station>> SetAvailability(AvailabilityWish wish) =>
        DecideAsync<Outcome<Station>>(turn => turn is null ? NotRegistered : Serving.Set(turn, wish));

    public Task AvailabilityReached(int? slot, DateTimeOffset told, string reached, string? problem) =>
        DecideAsync(turn => Serving.Reached(turn, slot, told, reached, problem));

    public async Task<VendorAnswer> DataReceived(string vendorId, string? messageId, JsonValue data)
    {
        await DecideAsync(turn => turn.Tell(EventTypes.DataTransfer, turn.Now, StationEvent.Data(
            ("stationId", Id), ("vendorId", vendorId), ("messageId", messageId), ("data", data))));
        return await vendors.AnswerAsync(Id, vendorId, messageId, data);
    }

    public async Task FirmwareReported(int? requestId, string status)
    {
        await firmware.ReportedAsync(Id, requestId, status);
        await TellAsync(EventTypes.FirmwareStatus, requestId, status);
    }

    public async Task LogReported(int? requestId, string status)
    {
        await logs.ReportedAsync(Id, requestId, status);
        await TellAsync(EventTypes.LogStatus, requestId, status);
    }

    private Task TellAsync(string type, int? requestId, string status) => DecideAsync(turn => turn.Tell(
        type, turn.Now, StationEvent.Data(("stationId", Id), ("requestId", StationEvent.Number(requestId)), ("status", status))));

    private async Task<Outcome<Reservation>> DecideReservationAsync(
        string reservationId, Func<Turn, Reservation, Outcome<Reservation>> change)
    {
        // Closed ones are no longer with the station.
        var closed = await store.LoadAsync($"reservation/{reservationId}") is { } stored
            ? DomainJson.Read(stored.Body, DomainJson.Default.Reservation)
            : null;
        return await DecideAsync(Outcome<Reservation> (turn) =>
            (turn?.Station.Reservations.FirstOrDefault(r => r.Id == reservationId) ?? closed) is { } known && known.StationId == Id
                ? change(turn!, known)
                : new Refusal(RefusalKind.NotFound, $"Station {Id} has no reservation {reservationId}."));
    }
}
