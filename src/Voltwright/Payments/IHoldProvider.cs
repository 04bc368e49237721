namespace Voltwright.Payments;

/// <summary>
/// Who holds amounts on drivers' own cards and takes bills out of them. Answers are what is so at the provider now, never exceptions; each
/// request may be repeated under its key, and has one effect.
/// </summary>
public interface IHoldProvider
{
    /// <summary>Opens a page on which the driver has the amount held.</summary>
    Task<HoldAnswer> OpenAsync(Hold hold, string key, CancellationToken cancellation);

    Task<HoldAnswer> FindAsync(Hold hold, CancellationToken cancellation);

    /// <summary>Takes the amount, in minor units, and gives back the rest of what is held.</summary>
    Task<HoldAnswer> CaptureAsync(Hold hold, long amount, string key, CancellationToken cancellation);

    /// <summary>Gives back what is held, or closes the page so that nothing will be.</summary>
    Task<HoldAnswer> ReleaseAsync(Hold hold, string key, CancellationToken cancellation);

    /// <summary>Gives back that much of what was taken.</summary>
    Task<HoldAnswer> RefundAsync(Hold hold, long amount, string key, CancellationToken cancellation);
}

public abstract record HoldAnswer
{
    private HoldAnswer()
    {
    }

    /// <param name="Declined">A bank refused already; another card can be tried.</param>
    public sealed record Open(string Reference, Uri Checkout, bool Declined = false) : HoldAnswer;

    /// <param name="Reference">What the provider calls it by from now on.</param>
    /// <param name="Method">As in <see cref="Hold.Method"/>.</param>
    public sealed record Held(string Reference, long Amount, string? Method) : HoldAnswer;

    /// <param name="Refunded">How much of it was given back so far.</param>
    public sealed record Taken(long Amount, long Refunded) : HoldAnswer;

    /// <summary>Nothing is held, and nothing will be.</summary>
    public sealed record Gone : HoldAnswer;

    /// <summary>The provider will not do it, however often it is asked.</summary>
    public sealed record Refused(string Reason) : HoldAnswer;

    /// <summary>It may have been done or not: ask again.</summary>
    /// <param name="Answered">The provider answered, with an error of its own.</param>
    public sealed record Unknown(string Reason, bool Answered) : HoldAnswer;
}
