namespace Voltwright.Payments;

public abstract record PaymentOutcome
{
    private PaymentOutcome()
    {
    }

    public sealed record Taken(string PaymentId) : PaymentOutcome;

    public sealed record Refused(string Reason) : PaymentOutcome;

    /// <summary>No answer: it may have been taken. Ask again with the same id.</summary>
    public sealed record Unknown(string Reason) : PaymentOutcome;
}
