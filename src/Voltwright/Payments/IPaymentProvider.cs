namespace Voltwright.Payments;

/// <summary>Who takes the money: by default this system's own ledger of accounts.</summary>
public interface IPaymentProvider
{
    /// <summary>The same payment id again takes nothing again and gives the same answer, unless it was refused before.</summary>
    /// <param name="amount">In minor units.</param>
    Task<PaymentOutcome> ChargeAsync(string paymentId, string accountId, long amount, string currency, CancellationToken cancellation);
}
