using Orleans.Runtime;
using Voltwright.Cluster;
using Voltwright.Events;
using Voltwright.Sessions;
using Voltwright.Stations;
using Voltwright.Storage;

namespace Voltwright.Payments;

public sealed partial class Holds
{
    private async Task<Hold> OpenAsync(Hold hold, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();

        // Nobody was given a page; one that the provider may have opened nevertheless closes by itself.
        if (now > hold.PayableUntil)
            return hold.Paying(new HoldAnswer.Gone(), now);
        return hold.Paying(Checked(hold, provider is null ? null : await provider.OpenAsync(hold, hold.KeyOf("open"), cancellation)), now);
    }

    private async Task<Hold> WatchAsync(Hold hold, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        return now > hold.PayableUntil + HoldTimes.BetweenLooks ? await CloseAsync(hold, cancellation)
            : hold.Paying(Lasting(Checked(hold, provider is null ? null : await provider.FindAsync(hold, cancellation))), now);
    }

    private async Task<Hold> CloseAsync(Hold hold, CancellationToken cancellation) => hold.Paying(
        hold.Reference is null ? new HoldAnswer.Gone()
            : Lasting(Checked(hold, provider is null ? null : await provider.ReleaseAsync(hold, hold.KeyOf("close"), cancellation))),
        clock.GetUtcNow());

    /// <summary>As long as the driver has a page, something may be held by it, whatever the provider refuses to say.</summary>
    private static HoldAnswer Lasting(HoldAnswer answer) =>
        answer is HoldAnswer.Refused refused ? new HoldAnswer.Unknown(refused.Reason, true) : answer;

    /// <summary>Charges as a card does: by a tap, which the workflows answer.</summary>
    private async Task<Hold> TapAsync(Hold hold)
    {
        var now = clock.GetUtcNow();
        if (now > hold.PayableUntil + HoldTimes.ToStart)
            return hold.ToRelease("It was paid too long ago to begin now.");
        var fact = new CardFact(hold.Id, hold.SlotNumber, CardFact.OnPage, false, now, hold.EventId);
        var decision = await grains.Find<IStationGrain>(hold.StationId).CardEntered(fact, null);
        return decision == CardDecision.Accepted ? hold with { TappedAt = now, Tries = 0 } : hold.ToRelease($"The station said: {decision}.");
    }

    private async Task<Hold> FollowAsync(Hold hold, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        return await FindSessionAsync(hold, cancellation) switch
        {
            null => now - hold.TappedAt > HoldTimes.ToLease ? hold.ToRelease("Nothing was started.") : hold,
            { Status: SessionStatus.Expired } session => (hold with { SessionId = session.Id }).ToRelease("Nobody plugged in."),
            { IsOpen: false } session when now - session.ClosedAt > HoldTimes.ToBill => hold.ToRelease($"Session {session.Id} was not billed."),
            var session => hold with { SessionId = session.Id },
        };
    }

    private async Task<Hold> CaptureAsync(Hold hold, CancellationToken cancellation)
    {
        // What was not answered may have been done.
        var known = provider is null || hold.Tries == 0 ? null : await provider.FindAsync(hold, cancellation);
        var answer = known is HoldAnswer.Taken or HoldAnswer.Gone ? known
            : provider is null ? null : await provider.CaptureAsync(hold, hold.Bill!.Value, hold.KeyOf("capture"), cancellation);
        return hold.Captured(Checked(hold, answer), clock.GetUtcNow());
    }

    private async Task<Hold> ReleaseAsync(Hold hold, CancellationToken cancellation)
    {
        if (hold.Bill is null && await FindSessionAsync(hold, cancellation) is { IsOpen: true } session)
            return hold.Kept(session.Id);
        return hold.Freed(
            Checked(hold, provider is null ? null : await provider.ReleaseAsync(hold, hold.KeyOf("release"), cancellation)), clock.GetUtcNow());
    }

    private async Task<Hold> RefundAsync(Hold hold, CancellationToken cancellation)
    {
        var known = provider is null ? null : await provider.FindAsync(hold, cancellation);
        var answer = known is HoldAnswer.Taken { Refunded: var refunded } && refunded < hold.RefundWanted
            ? await provider!.RefundAsync(hold, hold.RefundWanted - refunded, hold.KeyOf($"refund-{hold.RefundWanted}"), cancellation)
            : known;
        return hold.GivenBack(Checked(hold, answer), clock.GetUtcNow());
    }

    /// <summary>Whoever asked for the payment may be gone: then the session learns of it here.</summary>
    private async Task<Hold> TellAsync(Hold hold)
    {
        var summary = new PaymentSummary(
            hold.SessionId!, hold.Outcome == PaymentStatus.Taken ? "taken" : "refused", hold.Bill!.Value, hold.Currency,
            hold.Refunded > 0 ? hold.Refunded : null);
        try
        {
            await grains.Find<IStationGrain>(hold.StationId).PaymentSettled(hold.SessionId!, summary);
            return hold with { IsTold = true, Tries = 0 };
        }
        catch (Exception e) when (e is OrleansException or TimeoutException)
        {
            // The money is taken, whoever cannot be told of it now.
            return hold.Again(null, clock.GetUtcNow());
        }
    }

    private HoldAnswer Checked(Hold hold, HoldAnswer? answer)
    {
        answer ??= new HoldAnswer.Unknown("No payment provider is configured.", false);
        if (answer is HoldAnswer.Unknown { Reason: var reason })
            NoAnswer(hold.Id, reason);
        else if (answer is HoldAnswer.Refused { Reason: var refused })
            NoAnswer(hold.Id, refused);
        return answer;
    }

    private async Task<bool> TryCommitAsync(long version, Hold? before, Hold next, Reply? reply = null)
    {
        var writes = new List<StreamWrite>();
        if (next != before)
        {
            var state = DomainJson.Write(next, DomainJson.Default.Hold);
            writes.Add(new StreamWrite(next.Stream, version, state, next.Status == before?.Status ? default(ReadOnlyMemory<byte>?) : state));
        }

        if (next.Outcome is { } outcome && (outcome != before?.Outcome || next.Refunded != before.Refunded))
            writes.Add(await PaymentAsync(next, outcome));
        try
        {
            await store.CommitAsync(new Commit
            {
                Writes = writes,
                Events = EventsOf(before, next),
                Timers = [new TimerChange(next.Stream, Timer, next.DueAt(clock.GetUtcNow()))],
                Reply = reply,
            });
            return true;
        }
        catch (StaleVersionException)
        {
            return false;
        }
    }

    private async Task<StreamWrite> PaymentAsync(Hold hold, PaymentStatus outcome)
    {
        var stream = $"payment/{hold.SessionId}";
        var known = await store.LoadAsync(stream);
        var at = hold.Refunded > 0 && known is not null ? DomainJson.Read(known.Body, DomainJson.Default.Payment).At : clock.GetUtcNow();
        var payment = new Payment(
            hold.SessionId!, hold.SessionId!, hold.ToCard().PayingAccountId, hold.Bill!.Value, hold.Currency, outcome, at,
            outcome == PaymentStatus.Refused ? hold.Reason : null, hold.Refunded > 0 ? hold.Refunded : null);
        var state = DomainJson.Write(payment, DomainJson.Default.Payment);
        return new StreamWrite(stream, known?.Version ?? 0, state, state);
    }

    private IReadOnlyList<Jq.JsonValue> EventsOf(Hold? before, Hold next)
    {
        var type = next.Status == before?.Status ? null : next.Status switch
        {
            HoldStatus.Held when before?.Status is HoldStatus.Opening or HoldStatus.Open => EventTypes.PaymentHeld,
            HoldStatus.Released => EventTypes.PaymentReleased,
            _ => null,
        };
        return type is null ? [] :
        [
            StationEvent.Of(type, next.StationId, $"{next.EventId}-{type}", clock.GetUtcNow(), StationEvent.Data(
                ("stationId", next.StationId), ("cardId", next.Id), ("sessionId", next.SessionId), ("amount", next.Amount),
                ("currency", next.Currency), ("reason", next.Reason))),
        ];
    }
}
