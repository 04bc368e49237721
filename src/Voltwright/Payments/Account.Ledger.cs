namespace Voltwright.Payments;

public sealed partial record Account
{
    private const int KeptEntries = 50;

    /// <summary>The account of a card that nobody opened one for: it is billed later.</summary>
    public static Account OfCard(string id, string currency) => new() { Id = id, Kind = AccountKind.Postpaid, Currency = currency };

    public Outcome<Account> WithTerms(AccountTerms terms)
    {
        if (terms.Currency is not { Length: 3 } || terms.Currency.Any(c => c is < 'A' or > 'Z'))
            return new Refusal(RefusalKind.Invalid, "currency must be an ISO 4217 code of three capital letters, such as EUR.");
        if (terms.CreditLimit < 0)
            return new Refusal(RefusalKind.Invalid, "creditLimit must not be negative.");
        if (terms.Currency != Currency && Balance != 0)
            return new Refusal(RefusalKind.IllegalTransition, $"Account {Id} has a balance in {Currency}: its currency stays.");
        return this with { Kind = terms.Kind, Currency = terms.Currency, CreditLimit = terms.CreditLimit, Closed = terms.Closed };
    }

    public Outcome<Account> Deposit(long amount, string? note, DateTimeOffset now) => amount is <= 0 or > 1_000_000_000
        ? new Refusal(RefusalKind.Invalid, "amount must be positive, in minor units, and no more than 1000000000.")
        : Booked(now, "deposit", amount, null, note);

    /// <summary>Why this amount cannot be taken; null when it can.</summary>
    public string? Objection(long amount, string currency)
    {
        if (Closed)
            return $"Account {Id} is closed.";
        if (amount == 0)
            return null;
        if (currency != Currency)
            return $"Account {Id} is kept in {Currency}, not {currency}.";
        var limit = CreditLimit ?? (Kind == AccountKind.Prepaid ? 0 : null);
        return limit is { } credit && Balance - amount < -credit
            ? $"Account {Id} has {Balance} and a credit of {credit} in minor units: {amount} is more."
            : null;
    }

    public Account Charged(string paymentId, long amount, DateTimeOffset now) =>
        amount == 0 ? this : Booked(now, "charge", -amount, paymentId, null);

    private Account Booked(DateTimeOffset now, string kind, long amount, string? paymentId, string? note)
    {
        var balance = checked(Balance + amount);
        var entry = new AccountEntry(now, kind, amount, balance, paymentId, note);
        return this with { Balance = balance, Entries = [.. Entries.Append(entry).TakeLast(KeptEntries)] };
    }
}
