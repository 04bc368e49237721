using Voltwright.Cards;
using Voltwright.Cluster;
using Voltwright.Gateway;
using Voltwright.Maintenance;
using Voltwright.Payments;
using Voltwright.Sessions;
using Voltwright.SmartCharging;
using Voltwright.Storage;
using Voltwright.Support;

namespace Voltwright.Stations;

/// <summary>
/// The verbs of the use case that involve a station: the grain notes the wish, the station is told outside of it, and what came
/// of that is noted again. Each verb waits a bounded time, and each may be repeated: what is done already is not done twice.
/// </summary>
public sealed partial class StationControl(
    IGrainFactory grains, IStore store, StationRoutes routes, Membership membership, ThisNode node, StationLinks links, CommandDesk desk,
    StationSecurity security, CardLists cards, FirmwareUpdates firmware, ChargingProfiles profiles, IPaymentProvider payments,
    SessionSignals signals, ChargingOptions options, TimeProvider clock)
{
    /// <summary>
    /// The session that the card had open at that moment. A station that has just asked about the card is about to end that session itself,
    /// or to begin another in its place: it has a moment to do so, lest it be told to end what it ended already.
    /// </summary>
    public async Task<Session?> FindSession(string stationId, string cardId, DateTimeOffset? at, CancellationToken cancellation)
    {
        var found = await StationOf(stationId).FindSession(cardId, at);
        if (at is null || found is not { Status: SessionStatus.Charging }
            || (await StationOf(stationId).Get())?.Taps.LastOrDefault(t => t.CardId == found.CardId) is not { Cause: CardFact.Authorize } tap)
            return found;

        // A tap that is spent was acted on, perhaps since the session was looked at.
        if (!tap.Spent)
        {
            var rest = options.OwnActionWindow - (clock.GetUtcNow() - tap.At);
            if (rest <= TimeSpan.Zero)
                return found;
            await ((Task)signals.WhenOver(found.Id).WaitAsync(rest, clock, cancellation)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return await StationOf(stationId).FindSession(cardId, at);
    }

    public async Task<Outcome<Station>> SetLed(string stationId, string led, LedState state, CancellationToken cancellation)
    {
        var station = StationOf(stationId);
        var before = (await station.Get())?.Leds.GetValueOrDefault(led);
        var wanted = await station.SetLed(led, state);
        if (wanted.Refusal is not null)
            return wanted;
        // What it is to go back to by itself must have reached it first.
        if (wanted.Value!.Leds[led] is { Until: not null, Before.Action: "off" } && before is { Until: null, Action: "off", Reached: "wanted" })
            await SendAsync(stationId, new StationCommand.SetLed(led, "off", null, null), cancellation);
        var sent = await SendAsync(stationId, new StationCommand.SetLed(led, state.Action, state.Color, state.DurationMs), cancellation);
        if (sent is CommandOutcome.Accepted)
            TapWatch.LedShown(wanted.Value, led, before, clock.GetUtcNow());
        var (reached, problem) = sent switch
        {
            CommandOutcome.Accepted { Answer: var answer } => (
                "shown",
                answer[StationCommand.SetLed.ShownAs].TryGetString(out var instead) ? $"The station cannot {state.Action}: it shows {instead}." : null),
            CommandOutcome.Unsupported none => ("unsupported", none.Reason),
            _ => ("failed", Reason(sent)),
        };
        await station.LedReported(led, reached, problem);
        // A LED is a courtesy: a station that refuses holds nothing up; one that is away may be asked again.
        return sent is CommandOutcome.Offline or CommandOutcome.Silent ? RefusalOf(stationId, sent) : (await station.Get())!;
    }

    public async Task<Outcome<Station>> Lock(string stationId, int slot, CancellationToken cancellation)
    {
        var wanted = await StationOf(stationId).WantLock(slot, true);
        return wanted.Refusal is not null ? wanted : await SendLockAsync(stationId, slot, locked: true, cancellation);
    }

    /// <summary>A slot whose session runs is unlocked when the session ended, which is waited for if the end was asked for.</summary>
    public async Task<Outcome<Station>> Unlock(string stationId, int slot, CancellationToken cancellation)
    {
        if ((await StationOf(stationId).Get())?.FindSlot(slot) is { Charging: true, SessionId: { } running })
        {
            if ((await StationOf(stationId).GetSession(running)).Value is { EndAskedAt: null, IsOpen: true })
                return new Refusal(RefusalKind.IllegalTransition, $"Session {running} charges there: end it before the cable is released.");
            if (await WaitUntilOverAsync(stationId, running, cancellation) is null)
                return new Refusal(RefusalKind.StationSilent, $"Station {stationId} has not ended session {running} yet.");
        }

        var wanted = await StationOf(stationId).WantLock(slot, false);
        return wanted.Refusal is not null ? wanted : await SendLockAsync(stationId, slot, locked: false, cancellation);
    }

    /// <summary>Has the station start. <c>Accepted</c> is its intent; that it charges is a fact that comes later, or came before.</summary>
    public async Task<Outcome<Session>> Start(string sessionId, CancellationToken cancellation)
    {
        if (await LocateAsync(sessionId) is not { } located)
            return NoSession(sessionId);
        var wanted = await StationOf(located.StationId).WantStart(sessionId);
        if (wanted.Value is not { Status: SessionStatus.Started } session)
            return wanted;
        var sent = await SendAsync(
            session.StationId, new StationCommand.StartCharging(session.SlotNumber, session.Id, session.CardId), cancellation);
        if (sent is CommandOutcome.Accepted or CommandOutcome.Unsupported)
            return session;
        var now = await StationOf(session.StationId).GetSession(sessionId);
        return now.Value is { Status: SessionStatus.Charging } || (sent is CommandOutcome.Rejected && await WasTappedAsync(session))
            ? now
            : RefusalOf(session.StationId, sent);
    }

    /// <summary>Gives back the slot of a session that could not be started.</summary>
    public async Task<Outcome<Session>> Release(string sessionId) => await LocateAsync(sessionId) is { } located
        ? await StationOf(located.StationId).Release(sessionId)
        : NoSession(sessionId);

    /// <summary>Has the station stop, and waits for the fact: the answer has energy and price.</summary>
    /// <param name="cause">As in <see cref="Session.EndCause"/>.</param>
    public async Task<Outcome<Session>> End(string sessionId, CancellationToken cancellation, string cause = "request")
    {
        if (await LocateAsync(sessionId) is not { } located)
            return NoSession(sessionId);
        var over = signals.WhenOver(sessionId);
        var wanted = await StationOf(located.StationId).WantEnd(sessionId, cause);
        if (wanted.Value is not { IsOpen: true } session)
        {
            Settle(wanted);
            return wanted;
        }

        var sent = await SendAsync(session.StationId, StopOf(session), cancellation);
        if (sent is not CommandOutcome.Accepted && !over.IsCompleted)
        {
            var now = await StationOf(session.StationId).GetSession(sessionId);
            return now.Value is not { IsOpen: true } ? now
                : sent is CommandOutcome.Offline ? new Refusal(
                    RefusalKind.StationOffline, $"Station {session.StationId} is not connected. The session ends as soon as it can be reached.")
                : RefusalOf(session.StationId, sent);
        }

        return await WaitUntilOverAsync(session.StationId, sessionId, cancellation) is { } ended
            ? ended
            : new Refusal(RefusalKind.StationSilent, $"Station {session.StationId} agreed to stop, and has not said that it did.");
    }

    /// <summary>Takes the money once; a session that is paid answers as it did.</summary>
    public async Task<Outcome<Session>> Pay(string sessionId, CancellationToken cancellation)
    {
        if (await LocateAsync(sessionId) is not { } located)
            return NoSession(sessionId);
        var station = StationOf(located.StationId);
        var known = await station.GetSession(sessionId);
        if (known.Value is null or { Status: SessionStatus.Paid })
            return known;
        if (known.Value is not { Price: { } price, Status: SessionStatus.Ended or SessionStatus.Unpaid } session)
            return new Refusal(RefusalKind.IllegalTransition, $"Session {sessionId} has not ended: there is nothing to pay.");

        var card = await grains.Find<ICardGrain>(session.CardId).Get() ?? new Card(session.CardId, CardStatus.Active);
        var charged = await payments.ChargeAsync(sessionId, card.PayingAccountId, price.Amount, price.Currency, cancellation);
        Metrics.Payments.Add(1, new KeyValuePair<string, object?>("outcome", charged.GetType().Name.ToLowerInvariant()));
        switch (charged)
        {
            case PaymentOutcome.Taken taken:
                return await station.PaymentSettled(sessionId, new(taken.PaymentId, "taken", taken.Amount, price.Currency));
            case PaymentOutcome.Refused refused:
                await station.PaymentSettled(sessionId, new(sessionId, "refused", price.Amount, price.Currency));
                return new Refusal(RefusalKind.PaymentRefused, refused.Reason);
            case var unknown:
                return new Refusal(RefusalKind.PaymentUnknown, ((PaymentOutcome.Unknown)unknown).Reason);
        }
    }

    public async Task<Outcome<Ticket>> ReportIncident(
        string stationId, IncidentReport report, string? requestKey, CancellationToken cancellation)
    {
        var reported = await StationOf(stationId).ReportIncident(report, requestKey);
        if (reported.Value is { TakesOutOfOrder: true, Status: TicketStatus.Open, Reports: 1 } ticket)
            await SendAsync(stationId, new StationCommand.SetAvailability(ticket.SlotNumber, Operative: false), cancellation);
        return reported;
    }

    public async Task<Outcome<Ticket>> CloseTicket(string stationId, string ticketId, string? resolution, CancellationToken cancellation)
    {
        var closed = await StationOf(stationId).CloseTicket(ticketId, resolution);
        if (closed.Value is not { TakesOutOfOrder: true } ticket || await StationOf(stationId).Get() is not { } station)
            return closed;
        if (!station.OpenTickets.Any(t => t.TakesOutOfOrder && (t.Slot is null || t.Slot == ticket.SlotNumber)))
            await SendAsync(stationId, new StationCommand.SetAvailability(ticket.SlotNumber, Operative: true), cancellation);
        return closed;
    }

    private IStationGrain StationOf(string stationId) => grains.Find<IStationGrain>(stationId);
}
