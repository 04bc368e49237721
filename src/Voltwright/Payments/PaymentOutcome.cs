namespace Voltwright.Payments;

public abstract record PaymentOutcome
{
    private PaymentOutcome()
    {
    }

    /// <param name="Amount">What was taken, in minor units: of a payment that was taken before, what it was then.</param>
    public sealed record Taken(string PaymentId, long Amount) : PaymentOutcome;

    public sealed record Refused(string Reason) : PaymentOutcome;

    /// <summary>
    /// No answer: it may have been taken. Whoever gave this outcome goes on asking and tells the session; the same id again asks at once.
    /// </summary>
    public sealed record Unknown(string Reason) : PaymentOutcome;
}
