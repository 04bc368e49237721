namespace Voltwright.Payments;

public abstract record PaymentOutcome
{
    private PaymentOutcome()
    {
    }

    public sealed record Taken(string PaymentId) : PaymentOutcome;

    public sealed record Refused(string Reason) : PaymentOutcome;

    /// <summary>
    /// No answer: it may have been taken. Whoever gave this outcome goes on asking and tells the session; the same id again asks at once.
    /// </summary>
    public sealed record Unknown(string Reason) : PaymentOutcome;
}
