using Voltwright.Cluster;
using Voltwright.Gateway;
using Voltwright.Sessions;

namespace Voltwright.Stations;

public sealed partial class StationControl
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(250);

    /// <summary>Sends again what a station missed while it was away. Its own troubles are noted, never thrown.</summary>
    public async Task DeliverAsync(string stationId, CancellationToken cancellation)
    {
        if (await StationOf(stationId).Get() is not { Connected: true } station || await routes.FindAsync(stationId) is null)
            return;
        await security.DeliverAsync(stationId, cancellation);
        await cards.DeliverAsync(stationId, cancellation);
        await firmware.DeliverAsync(stationId, cancellation);
        await profiles.DeliverAsync(stationId, cancellation);
        await DeliverServiceAsync(station, cancellation);
        foreach (var slot in station.Slots)
        {
            if (slot.Lock is { Wanted: true, Confirmed: false } && slot.SessionId is not null)
                await SendLockAsync(stationId, slot.Number, locked: true, cancellation);
            else if (slot is { Lock: { Wanted: false, Confirmed: true }, SessionId: null, Status: not SlotStatus.Charging })
                await SendLockAsync(stationId, slot.Number, locked: false, cancellation);
        }

        foreach (var ticket in station.OpenTickets.Where(t => t.TakesOutOfOrder))
            await SendAsync(stationId, new StationCommand.SetAvailability(ticket.Slot, Operative: false), cancellation);
        foreach (var (name, led) in station.Leds.Where(l => l.Value is { Until: null, Reached: "failed" or "wanted" }))
            await SetLed(stationId, name, new LedState(led.Action, led.Color, null), cancellation);
        foreach (var entry in station.Sessions.Where(e => e.ClosedAt is null))
        {
            if ((await StationOf(stationId).GetSession(entry.Id)).Value is { Status: SessionStatus.Charging, EndAskedAt: not null } session)
                await SendAsync(stationId, StopOf(session), cancellation);
        }
    }

    /// <summary>Whether that connection is one of a node that is gone, or of an earlier life of this one.</summary>
    public bool IsGone(string stationId, string linkId) => ThisNode.NodeOf(linkId) is { } holder && !holder.Equals(node.Address)
        ? !membership.IsInService(holder)
        : links.Find(stationId)?.LinkId != linkId;

    private async Task<Outcome<Station>> SendLockAsync(string stationId, int slot, bool locked, CancellationToken cancellation)
    {
        StationCommand command = locked ? new StationCommand.LockSlot(slot) : new StationCommand.UnlockSlot(slot);
        var sent = await SendAsync(stationId, command, cancellation);
        var station = StationOf(stationId);
        switch (sent)
        {
            case CommandOutcome.Accepted:
                await station.LockReported(slot, locked, null);
                return (await station.Get())!;
            case CommandOutcome.Unsupported none:
                // Such a station locks while it charges and lets go by itself: there is nothing to confirm.
                await station.LockReported(slot, false, none.Reason);
                return (await station.Get())!;
            default:
                if ((await station.Get())?.FindSlot(slot) is { } known)
                    await station.LockReported(slot, known.Lock.Confirmed, Reason(sent));
                return RefusalOf(stationId, sent);
        }
    }

    private Task<CommandOutcome> SendAsync(string stationId, StationCommand command, CancellationToken cancellation) =>
        desk.SendAsync(stationId, command, cancellation);

    private async Task<Session?> WaitUntilOverAsync(string stationId, string sessionId, CancellationToken cancellation)
    {
        var (over, began) = (signals.WhenOver(sessionId), clock.GetTimestamp());
        while (true)
        {
            // The end may be committed on another node, of which no signal comes here.
            var known = await StationOf(stationId).GetSession(sessionId);
            Settle(known);
            if (over.IsCompleted)
                return known.Value;
            var rest = options.StationPatience - clock.GetElapsedTime(began);
            if (rest <= TimeSpan.Zero)
                return null;
            await ((Task)over.WaitAsync(rest < LookAgain ? rest : LookAgain, clock, cancellation))
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            cancellation.ThrowIfCancellationRequested();
        }
    }

    /// <summary>The driver held the card to this very station, which starts by itself as soon as the cable is in, asked or not.</summary>
    private async Task<bool> WasTappedAsync(Session session) =>
        await StationOf(session.StationId).Get() is { } station
        && station.Taps.Any(t => t.CardId == session.CardId && t.Cause != CardFact.OnPage && clock.GetUtcNow() - t.At <= options.TapFollowWindow);

    /// <summary>What was over before it was waited for is told to those who wait.</summary>
    private void Settle(Outcome<Session> outcome)
    {
        if (outcome.Value is { } session)
            signals.Publish(session);
    }

    private async ValueTask<Session?> LocateAsync(string sessionId) =>
        await store.LoadAsync($"session/{sessionId}") is { } stored ? DomainJson.Read(stored.Body, DomainJson.Default.Session) : null;

    private static StationCommand.StopCharging StopOf(Session session) => new(session.SlotNumber, session.Id, session.TransactionId);

    private static Refusal NoSession(string sessionId) => new(RefusalKind.NotFound, $"There is no session {sessionId}.");

    private static Refusal RefusalOf(string stationId, CommandOutcome outcome) => CommandDesk.RefusalOf(stationId, outcome);

    private static string Reason(CommandOutcome outcome) => CommandDesk.Reason(outcome);
}
