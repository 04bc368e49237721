using Voltwright.Cluster;

namespace Voltwright.Payments;

/// <summary>Takes payments from the accounts kept here, and out of what is held at a provider for one charge.</summary>
public sealed class LedgerPayments(IGrainFactory grains, Holds holds) : IPaymentProvider
{
    public async Task<PaymentOutcome> ChargeAsync(
        string paymentId, string accountId, long amount, string currency, CancellationToken cancellation)
    {
        if (Hold.IdOfAccount(accountId) is { } held)
            return await holds.ChargeAsync(held, paymentId, amount, currency, cancellation);
        var payment = await grains.Find<IAccountGrain>(accountId).Charge(paymentId, amount, currency).WaitAsync(cancellation);
        return payment.Status == PaymentStatus.Taken
            ? new PaymentOutcome.Taken(payment.Id, payment.Amount)
            : new PaymentOutcome.Refused(payment.Reason ?? "The account refused.");
    }
}
