using Microsoft.Extensions.Logging;
using Voltwright.Cluster;
using Voltwright.Sessions;
using Voltwright.Stations;
using Voltwright.Storage;

namespace Voltwright.Payments;

/// <summary>
/// Charges that are paid by an amount held at a payment provider, from the page on which the driver pays to the end. Each step is one commit;
/// whoever makes it goes on with the next, and a timer does when that one is gone. Two that make the same step at once do it once: the
/// provider knows repeats by their key, the station by the tap's id, and of two commits one is stale.
/// </summary>
public sealed partial class Holds(
    IStore store, IGrainFactory grains, HoldOptions options, TimeProvider clock, ILogger<Holds> logger, IHoldProvider? provider = null)
    : ITimerTarget
{
    private const string Timer = "go-on";
    private static readonly TimeSpan BetweenQuestions = TimeSpan.FromSeconds(1);

    public string Kind => Hold.Kind;

    /// <summary>Drivers can pay without a card of ours.</summary>
    public bool AreOffered => provider is not null;

    /// <summary>What is held for a charge, in minor units of the tariff's currency.</summary>
    public long Amount => options.Amount;

    public async ValueTask<Hold?> FindAsync(string id, CancellationToken cancellation = default) => (await LoadAsync(id, cancellation)).Hold;

    /// <summary>Begins a hold and has the provider open a page for it; the same id again goes on with what there is.</summary>
    /// <param name="page">The station's page, to which the provider sends the driver back.</param>
    public async Task<Hold> BeginAsync(
        string id, string stationId, int? slot, string currency, Uri page, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var hold = new Hold
        {
            Id = id, StationId = stationId, SlotNumber = slot, Amount = Amount, Currency = currency, OpenedAt = now,
            PayableUntil = now + HoldTimes.ToPay, Page = page, LookedAt = now,
        };
        await TryCommitAsync(0, null, hold);
        return (await GoOnAsync(id, cancellation))!;
    }

    /// <summary>Asks the provider how it stands, as when the driver is back or the provider calls.</summary>
    /// <param name="isTold">The provider calls: it is asked however short a time ago it was.</param>
    public async Task<Hold?> LookAsync(string id, bool isTold, CancellationToken cancellation)
    {
        var (_, hold) = await LoadAsync(id, cancellation);
        if (hold is not { Status: HoldStatus.Opening or HoldStatus.Open })
            return hold;
        if (!isTold && hold.LookedAt + BetweenQuestions - clock.GetUtcNow() is var rest && rest > TimeSpan.Zero)
            await Task.Delay(rest, clock, cancellation);
        return await GoOnAsync(id, cancellation);
    }

    /// <summary>The driver will not pay. What was paid meanwhile counts.</summary>
    public async Task<Hold?> CancelAsync(string id, CancellationToken cancellation)
    {
        while (true)
        {
            var (version, hold) = await LoadAsync(id, cancellation);
            if (hold is not { Status: HoldStatus.Opening or HoldStatus.Open })
                return hold;
            if (await TryCommitAsync(version, hold, await CloseAsync(hold, cancellation)))
                return await GoOnAsync(id, cancellation);
        }
    }

    /// <summary>Takes the bill of a session out of what is held, once however often it is asked; the rest is given back.</summary>
    public async Task<PaymentOutcome> ChargeAsync(string id, string sessionId, long amount, string currency, CancellationToken cancellation)
    {
        while (true)
        {
            var (version, hold) = await LoadAsync(id, cancellation);
            if (hold is null)
                return new PaymentOutcome.Refused($"There is no hold {id}.");
            if (hold.SessionId is { } paid && paid != sessionId)
                return new PaymentOutcome.Refused($"Hold {id} pays for session {paid}.");
            if (hold.Status == HoldStatus.Held)
            {
                // Whatever account a card names, a hold pays for its own charge only.
                if (await LoadSessionAsync(sessionId, cancellation) is not { } session || session.CardId != id)
                    return new PaymentOutcome.Refused($"Hold {id} does not pay for session {sessionId}.");
                if (currency != hold.Currency || amount > hold.Amount)
                    return new PaymentOutcome.Refused($"Hold {id} is {hold.Amount} {hold.Currency} in minor units, not {amount} {currency}.");
                if (await TryCommitAsync(version, hold, hold.Billed(sessionId, amount)) && amount > 0)
                    await GoOnAsync(id, cancellation);
                continue;
            }

            return hold switch
            {
                { Outcome: PaymentStatus.Taken } => new PaymentOutcome.Taken(sessionId, hold.Bill ?? amount),
                { Status: HoldStatus.Capturing } => new PaymentOutcome.Unknown("The payment provider does not answer; it is asked until it does."),
                _ => new PaymentOutcome.Refused(hold.Reason ?? $"Nothing is held by {id}."),
            };
        }
    }

    /// <summary>Gives back what was taken, all or some of it.</summary>
    /// <param name="amount">In minor units; null for all that is left.</param>
    public async Task<Outcome<Hold>> RefundAsync(string id, long? amount, string? requestKey, CancellationToken cancellation)
    {
        var key = requestKey is null ? null : $"refund:{id}:{requestKey}";
        while (true)
        {
            var (version, hold) = await LoadAsync(id, cancellation);
            if (hold is not { Status: HoldStatus.Captured, Bill: { } taken })
                return new Refusal(RefusalKind.IllegalTransition, $"Nothing was taken by {id}: there is nothing to give back.");
            if (key is not null && await store.FindReplyAsync(key, cancellation) is not null)
                return (await GoOnAsync(id, cancellation))!;
            var left = taken - hold.RefundWanted;
            if (amount is <= 0 || amount > left || left == 0)
                return new Refusal(RefusalKind.Invalid, $"amount must be between 1 and {left} minor units: that much was taken and is not given back.");
            var wanted = hold with { RefundWanted = hold.RefundWanted + (amount ?? left), Tries = 0, Reason = null };
            if (await TryCommitAsync(version, hold, wanted, key is null ? null : new Reply(key, "true"u8.ToArray())))
                return (await GoOnAsync(id, cancellation))!;
        }
    }

    public Task TimerDue(string stream, string name, CancellationToken cancellation) => GoOnAsync(StreamName.IdOf(stream), cancellation);

    /// <summary>Makes steps for as long as they lead on.</summary>
    private async Task<Hold?> GoOnAsync(string id, CancellationToken cancellation)
    {
        while (true)
        {
            var (version, hold) = await LoadAsync(id, cancellation);
            if (hold is null || hold.IsOver)
                return hold;
            var next = await StepAsync(hold, cancellation);
            if (!await TryCommitAsync(version, hold, next))
                continue;
            if (next.IsOver || next.Tries > 0 || next.Status == HoldStatus.Releasing || !LeadsOn(hold, next))
                return next;
        }
    }

    private static bool LeadsOn(Hold before, Hold next) =>
        (before.Status, before.TappedAt, before.IsTold, before.Refunded) != (next.Status, next.TappedAt, next.IsTold, next.Refunded)
        && next.Status != HoldStatus.Open;

    private Task<Hold> StepAsync(Hold hold, CancellationToken cancellation) => hold.Status switch
    {
        HoldStatus.Opening => OpenAsync(hold, cancellation),
        HoldStatus.Open => WatchAsync(hold, cancellation),
        HoldStatus.Held => hold.TappedAt is null ? TapAsync(hold) : FollowAsync(hold, cancellation),
        HoldStatus.Capturing => CaptureAsync(hold, cancellation),
        HoldStatus.Releasing => ReleaseAsync(hold, cancellation),
        _ => hold.RefundWanted > hold.Refunded ? RefundAsync(hold, cancellation) : TellAsync(hold),
    };

    private async ValueTask<(long Version, Hold? Hold)> LoadAsync(string id, CancellationToken cancellation) =>
        await store.LoadAsync(Hold.StreamOf(id), cancellation) is { } stored
            ? (stored.Version, DomainJson.Read(stored.Body, DomainJson.Default.Hold))
            : (0, null);

    private async ValueTask<Session?> FindSessionAsync(Hold hold, CancellationToken cancellation)
    {
        var id = hold.SessionId ?? (await grains.Find<IStationGrain>(hold.StationId).Get())?.Sessions.LastOrDefault(e => e.CardId == hold.Id)?.Id;
        return id is null ? null : await LoadSessionAsync(id, cancellation);
    }

    private async ValueTask<Session?> LoadSessionAsync(string id, CancellationToken cancellation) =>
        await store.LoadAsync($"session/{id}", cancellation) is { } stored ? DomainJson.Read(stored.Body, DomainJson.Default.Session) : null;

    [LoggerMessage(LogLevel.Warning, "The payment provider did not do what was asked for {HoldId}: {Reason}")]
    private partial void NoAnswer(string holdId, string reason);
}
