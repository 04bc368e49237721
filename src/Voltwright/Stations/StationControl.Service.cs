using System.Collections.Concurrent;
using Voltwright.Cards;
using Voltwright.Cluster;
using Voltwright.Gateway;
using Voltwright.Reservations;

namespace Voltwright.Stations;

public sealed partial class StationControl
{
    /// <summary>Reservations that a station is being told of.</summary>
    private readonly ConcurrentDictionary<string, Task> _telling = [];

    /// <summary>Keeps a slot for a card. A station that is away, or knows no reservations, changes nothing of that: the slot is kept here.</summary>
    public async Task<Outcome<Reservation>> Reserve(
        string stationId, ReservationWish wish, string? requestKey, CancellationToken cancellation)
    {
        var made = await StationOf(stationId).Reserve(wish, requestKey);
        return made.Value is { Status: ReservationStatus.Active, Reached: "wanted" } fresh ? await TellAsync(fresh, cancellation) : made;
    }

    public async Task<Outcome<Reservation>> CancelReservation(string stationId, string reservationId, CancellationToken cancellation)
    {
        var cancelled = await StationOf(stationId).CancelReservation(reservationId);
        return cancelled.Value is { Reached: "wanted" } open ? await TellAsync(open, cancellation) : cancelled;
    }

    public async Task<Outcome<Station>> SetAvailability(string stationId, AvailabilityWish wish, CancellationToken cancellation)
    {
        var wanted = await StationOf(stationId).SetAvailability(wish);
        if (wanted.Value is not { } station)
            return wanted;
        await SendAvailabilityAsync(station, cancellation);
        return (await StationOf(stationId).Get())!;
    }

    private async Task<Outcome<Reservation>> TellAsync(Reservation reservation, CancellationToken cancellation)
    {
        var told = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        while (_telling.GetOrAdd(reservation.Id, told.Task) is var other && other != told.Task)
        {
            // Stations refuse what they are told twice: what came of it is enough.
            await other.WaitAsync(cancellation);
            if (await ReservationAsync(reservation.Id) is { } now && now.Revision != reservation.Revision)
                return now.Status == ReservationStatus.Refused ? new Refusal(RefusalKind.StationRefused, now.Problem!) : now;
        }

        try
        {
            return await TellOnceAsync(reservation, cancellation);
        }
        finally
        {
            _telling.TryRemove(reservation.Id, out _);
            told.SetResult();
        }
    }

    private async ValueTask<Reservation?> ReservationAsync(string id) =>
        await store.LoadAsync($"reservation/{id}") is { } stored ? DomainJson.Read(stored.Body, DomainJson.Default.Reservation) : null;

    private async Task<Outcome<Reservation>> TellOnceAsync(Reservation reservation, CancellationToken cancellation)
    {
        StationCommand command = reservation.Status == ReservationStatus.Active
            ? new StationCommand.ReserveSlot(
                reservation.SlotNumber, reservation.Number, reservation.CardId, reservation.ExpiresAt,
                (await grains.Find<ICardGrain>(reservation.CardId).Get())?.GroupId)
            : new StationCommand.CancelReservation(reservation.Number);
        var sent = await SendAsync(reservation.StationId, command, cancellation);
        if (sent is CommandOutcome.Offline or CommandOutcome.Silent)
            return reservation;
        var reached = sent switch
        {
            CommandOutcome.Accepted => "confirmed",
            CommandOutcome.Unsupported => "unsupported",
            _ => "failed",
        };
        var problem = reached == "failed" ? Reason(sent) : null;
        var told = await StationOf(reservation.StationId).ReservationReached(reservation.Id, reservation.Revision, reached, problem);
        return told.Value is { Status: ReservationStatus.Refused } ? RefusalOf(reservation.StationId, sent) : told;
    }

    private async Task DeliverServiceAsync(Station station, CancellationToken cancellation)
    {
        await SendAvailabilityAsync(station, cancellation);
        // A mute station may have taken its time until here.
        var now = await StationOf(station.Id).Get() ?? station;
        foreach (var reservation in now.Reservations.Where(r => r.Reached == "wanted"))
            await TellAsync(reservation, cancellation);
    }

    /// <summary>What has an open ticket stays out of service, whatever else is wanted of it.</summary>
    private async Task SendAvailabilityAsync(Station station, CancellationToken cancellation)
    {
        if (station.Availability is { Reached: "wanted" } whole && !(whole.Operative && station.OutOfOrder))
            await SendAvailabilityAsync(station.Id, null, whole, cancellation);
        foreach (var slot in station.Slots)
        {
            if (slot.Availability is { Reached: "wanted" } part && !(part.Operative && slot.OutOfOrder))
                await SendAvailabilityAsync(station.Id, slot.Number, part, cancellation);
        }
    }

    private async Task SendAvailabilityAsync(string stationId, int? slot, Availability wanted, CancellationToken cancellation)
    {
        var sent = await SendAsync(stationId, new StationCommand.SetAvailability(slot, wanted.Operative), cancellation);
        if (sent is CommandOutcome.Offline or CommandOutcome.Silent)
            return;
        var reached = sent is CommandOutcome.Accepted ? "confirmed" : sent is CommandOutcome.Unsupported ? "unsupported" : "failed";
        await StationOf(stationId).AvailabilityReached(slot, wanted.At, reached, reached == "confirmed" ? null : Reason(sent));
    }
}
