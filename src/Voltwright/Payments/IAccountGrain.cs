namespace Voltwright.Payments;

/// <summary>The single writer of <c>account/{id}</c>, and of the payments taken from it.</summary>
public interface IAccountGrain : IGrainWithStringKey
{
    Task<Account?> Get();

    /// <summary>Opens the account or changes its terms; the balance stays.</summary>
    Task<Outcome<Account>> SetTerms(AccountTerms terms, string? requestKey);

    Task<Outcome<Account>> Deposit(long amount, string? note, string? requestKey);

    /// <summary>Takes the payment, once however often it is asked; an account nobody opened is the card's own postpaid one.</summary>
    Task<Payment> Charge(string paymentId, long amount, string currency);
}
