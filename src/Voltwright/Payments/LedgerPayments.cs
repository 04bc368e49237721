namespace Voltwright.Payments;

/// <summary>Takes payments from the accounts kept here.</summary>
public sealed class LedgerPayments(IGrainFactory grains) : IPaymentProvider
{
    public async Task<PaymentOutcome> ChargeAsync(
        string paymentId, string accountId, long amount, string currency, CancellationToken cancellation)
    {
        var payment = await grains.GetGrain<IAccountGrain>(accountId).Charge(paymentId, amount, currency).WaitAsync(cancellation);
        return payment.Status == PaymentStatus.Taken
            ? new PaymentOutcome.Taken(payment.Id)
            : new PaymentOutcome.Refused(payment.Reason ?? "The account refused.");
    }
}
