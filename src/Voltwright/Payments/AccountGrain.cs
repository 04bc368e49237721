using Voltwright.Storage;

namespace Voltwright.Payments;

/// <summary>Account and payment change in one commit: money is taken once or not at all, whichever account is asked.</summary>
public sealed class AccountGrain(IStore store, TimeProvider clock) : Grain, IAccountGrain
{
    private string Id => this.GetPrimaryKeyString();

    private string Stream => $"account/{Id}";

    public async Task<Account?> Get() => (await LoadAsync()).Account;

    public Task<Outcome<Account>> SetTerms(AccountTerms terms, string? requestKey) =>
        DecideAsync("terms", requestKey, known => (known ?? Account.OfCard(Id, terms.Currency)).WithTerms(terms));

    public Task<Outcome<Account>> Deposit(long amount, string? note, string? requestKey) => DecideAsync(
        "deposit", requestKey, known => known is null
        ? new Refusal(RefusalKind.NotFound, $"Account {Id} is not open.")
        : known.Deposit(amount, note, clock.GetUtcNow()));

    public async Task<Payment> Charge(string paymentId, long amount, string currency)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(amount);
        var paymentStream = $"payment/{paymentId}";
        while (true)
        {
            var stored = await store.LoadAsync(paymentStream);
            if (stored is not null && DomainJson.Read(stored.Body, DomainJson.Default.Payment) is { Status: PaymentStatus.Taken } taken)
                return taken;

            var (version, known) = await LoadAsync();
            var account = known ?? Account.OfCard(Id, currency);
            var objection = account.Objection(amount, currency);
            var status = objection is null ? PaymentStatus.Taken : PaymentStatus.Refused;
            var payment = new Payment(paymentId, paymentId, Id, amount, currency, status, clock.GetUtcNow(), objection);
            var state = DomainJson.Write(payment, DomainJson.Default.Payment);
            var writes = new List<StreamWrite> { new(paymentStream, stored?.Version ?? 0, state, state) };
            if (objection is null)
                writes.Add(Write(account.Charged(paymentId, amount, payment.At), version));
            if (await TryCommitAsync(new Commit { Writes = writes }))
                return payment;
        }
    }

    private async Task<Outcome<Account>> DecideAsync(string operation, string? requestKey, Func<Account?, Outcome<Account>> decide)
    {
        var key = requestKey is null ? null : $"account-{operation}:{Id}:{requestKey}";
        while (true)
        {
            if (key is not null && await store.FindReplyAsync(key) is { } replied)
                return DomainJson.Read(replied, DomainJson.Default.OutcomeAccount);
            var (version, known) = await LoadAsync();
            var outcome = decide(known);
            if (outcome.Value is not { } next)
                return outcome;
            var reply = key is null ? null : new Reply(key, DomainJson.Write(outcome, DomainJson.Default.OutcomeAccount));
            if (await TryCommitAsync(new Commit { Writes = [Write(next, version)], Reply = reply }))
                return outcome;
        }
    }

    private async ValueTask<bool> TryCommitAsync(Commit commit)
    {
        try
        {
            await store.CommitAsync(commit);
            return true;
        }
        catch (StaleVersionException)
        {
            return false;
        }
    }

    /// <summary>The record of each change is its newest entry: together they are the account's whole history.</summary>
    private StreamWrite Write(Account account, long version)
    {
        var entry = account.Entries is [.., var newest]
            ? DomainJson.Write(newest, DomainJson.Default.AccountEntry)
            : default(ReadOnlyMemory<byte>?);
        return new(Stream, version, DomainJson.Write(account, DomainJson.Default.Account), entry);
    }

    private async ValueTask<(long Version, Account? Account)> LoadAsync() =>
        await store.LoadAsync(Stream) is { } stored
            ? (stored.Version, DomainJson.Read(stored.Body, DomainJson.Default.Account))
            : (0, null);
}
