namespace Voltwright.Payments;

public sealed partial record Hold
{
    /// <summary>What the provider says while the driver pays.</summary>
    public Hold Paying(HoldAnswer answer, DateTimeOffset now) => answer switch
    {
        HoldAnswer.Open open => Moved(HoldStatus.Open) with
        {
            Reference = open.Reference, Checkout = open.Checkout, Declined = open.Declined, LookedAt = now,
        },
        HoldAnswer.Held held => Moved(HoldStatus.Held) with
        {
            Reference = held.Reference, Amount = Math.Min(Amount, held.Amount), Method = held.Method, HeldAt = now, Declined = false,
        },
        HoldAnswer.Gone => Moved(HoldStatus.Lapsed),
        HoldAnswer.Refused refused => Moved(HoldStatus.Lapsed) with { Reason = refused.Reason },
        _ => Again(answer, now),
    };

    /// <summary>It is asked for; how much is decided for good.</summary>
    public Hold Billed(string sessionId, long amount) =>
        Moved(amount == 0 ? HoldStatus.Releasing : HoldStatus.Capturing) with { SessionId = sessionId, Bill = amount };

    public Hold Captured(HoldAnswer answer, DateTimeOffset now) => answer switch
    {
        HoldAnswer.Taken taken => Moved(HoldStatus.Captured) with { Bill = taken.Amount, Refunded = taken.Refunded, RefundWanted = taken.Refunded },
        HoldAnswer.Gone => ToRelease("The amount is not held any more."),
        HoldAnswer.Refused refused => ToRelease(refused.Reason),
        _ => Again(answer, now),
    };

    public Hold ToRelease(string reason) => Moved(HoldStatus.Releasing) with { Reason = reason };

    /// <summary>A session began on it while it was being given up.</summary>
    public Hold Kept(string sessionId) => Moved(HoldStatus.Held) with { SessionId = sessionId, Reason = null };

    public Hold Freed(HoldAnswer answer, DateTimeOffset now) => answer switch
    {
        HoldAnswer.Gone => Moved(HoldStatus.Released),

        // Somebody took it at the provider's own console: it is not ours to decide any more.
        HoldAnswer.Taken => Moved(HoldStatus.Released) with { Reason = "It was taken at the provider, by hand." },
        _ => Again(answer, now),
    };

    public Hold GivenBack(HoldAnswer answer, DateTimeOffset now) => answer switch
    {
        HoldAnswer.Taken taken when taken.Refunded > Refunded => Moved(Status) with
        {
            Refunded = taken.Refunded, RefundWanted = Math.Max(RefundWanted, taken.Refunded), IsTold = false,
        },
        HoldAnswer.Refused refused => Moved(Status) with { RefundWanted = Refunded, Reason = refused.Reason },
        _ => Again(answer, now),
    };

    /// <summary>No answer, or none that leads on: the same again later.</summary>
    public Hold Again(HoldAnswer? answer, DateTimeOffset now) => this with
    {
        Tries = Tries + 1, Errors = Errors + (answer is HoldAnswer.Unknown { Answered: true } ? 1 : 0), LookedAt = now,
    };

    private Hold Moved(HoldStatus status) => this with { Status = status, Tries = 0 };
}
