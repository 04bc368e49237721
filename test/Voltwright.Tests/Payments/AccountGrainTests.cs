using Voltwright.Payments;
using Voltwright.Tests.Stations;

namespace Voltwright.Tests.Payments;

[Collection(DomainCollection.Name)]
public sealed class AccountGrainTests(DomainHost host)
{
    [Fact]
    public async Task Charge_AskedManyTimesAtOnce_IsTakenOnce()
    {
        var account = Account();
        await account.SetTerms(new AccountTerms(AccountKind.Postpaid, "EUR"), null);
        var id = Guid.NewGuid().ToString("N");
        var payments = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => account.Charge(id, 250, "EUR")));
        Assert.All(payments, p => Assert.Equal(payments[0], p));
        Assert.Equal(-250, (await account.Get())!.Balance);
    }

    [Fact]
    public async Task Charge_AskedAgainForAnotherAmount_SaysWhatWasTaken()
    {
        var (id, account) = (Guid.NewGuid().ToString("N"), $"acc-{Guid.NewGuid():N}");
        var payments = host.Get<IPaymentProvider>();
        await payments.ChargeAsync(id, account, 49, "EUR", CancellationToken.None);
        Assert.Equal(new PaymentOutcome.Taken(id, 49), await payments.ChargeAsync(id, account, 179, "EUR", CancellationToken.None));
    }

    [Fact]
    public async Task Charge_AskedOfTwoAccountsAtOnce_IsTakenFromOne()
    {
        var (first, second) = (Account(), Account());
        var id = Guid.NewGuid().ToString("N");
        var payments = await Task.WhenAll(first.Charge(id, 250, "EUR"), second.Charge(id, 250, "EUR"));
        Assert.Equal(payments[0].AccountId, payments[1].AccountId);
        Assert.Equal(-250, ((await first.Get())?.Balance ?? 0) + ((await second.Get())?.Balance ?? 0));
    }

    [Theory]
    // kind, credit limit, deposit, charge → taken
    [InlineData(AccountKind.Prepaid, null, 500, 500, true)]
    [InlineData(AccountKind.Prepaid, null, 500, 501, false)]
    [InlineData(AccountKind.Prepaid, 100L, 500, 600, true)]
    [InlineData(AccountKind.Prepaid, 100L, 500, 601, false)]
    [InlineData(AccountKind.Prepaid, null, 0, 0, true)]
    [InlineData(AccountKind.Postpaid, null, 0, 1_000_000, true)]
    [InlineData(AccountKind.Postpaid, 1000L, 0, 1000, true)]
    [InlineData(AccountKind.Postpaid, 1000L, 0, 1001, false)]
    public async Task Charge_WithinTheTerms_IsTaken(AccountKind kind, long? limit, int deposit, int amount, bool taken)
    {
        var account = Account();
        await account.SetTerms(new AccountTerms(kind, "EUR", limit), null);
        if (deposit > 0)
            await account.Deposit(deposit, null, null);
        var payment = await account.Charge(Guid.NewGuid().ToString("N"), amount, "EUR");
        Assert.Equal(taken ? PaymentStatus.Taken : PaymentStatus.Refused, payment.Status);
        Assert.Equal(taken ? deposit - amount : deposit, (await account.Get())!.Balance);
        Assert.Equal(taken, payment.Reason is null);
    }

    [Fact]
    public async Task Charge_OfAClosedAccountOrAnotherCurrency_IsRefused()
    {
        var account = Account();
        await account.SetTerms(new AccountTerms(AccountKind.Postpaid, "EUR", Closed: true), null);
        Assert.Contains("closed", (await account.Charge("p1" + Guid.NewGuid(), 1, "EUR")).Reason);
        await account.SetTerms(new AccountTerms(AccountKind.Postpaid, "EUR"), null);
        Assert.Contains("EUR", (await account.Charge("p2" + Guid.NewGuid(), 1, "SEK")).Reason);
    }

    [Fact]
    public async Task Deposit_WithTheSameKey_IsBookedOnce()
    {
        var account = Account();
        await account.SetTerms(new AccountTerms(AccountKind.Prepaid, "EUR"), null);
        await account.Deposit(100, "cash", "k");
        await account.Deposit(100, "cash", "k");
        Assert.Equal(100, (await account.Get())!.Balance);
        Assert.Single((await account.Get())!.Entries);
    }

    [Theory]
    [InlineData("euro", null, RefusalKind.Invalid)]
    [InlineData("EUR", -1L, RefusalKind.Invalid)]
    [InlineData("SEK", null, RefusalKind.IllegalTransition)]
    public async Task Terms_ThatCannotBe_AreRefused(string currency, long? limit, RefusalKind kind)
    {
        var account = Account();
        await account.SetTerms(new AccountTerms(AccountKind.Prepaid, "EUR"), null);
        await account.Deposit(5, null, null);
        Assert.Equal(kind, (await account.SetTerms(new AccountTerms(AccountKind.Prepaid, currency, limit), null)).Refusal!.Kind);
    }

    [Fact]
    public async Task Ledger_AfterManyPayments_KeepsEveryEntryAsARecord()
    {
        var id = $"acc-{Guid.NewGuid():N}";
        var account = host.Grains.GetGrain<IAccountGrain>(id);
        await account.SetTerms(new AccountTerms(AccountKind.Prepaid, "EUR"), null);
        for (var i = 0; i < 60; i++)
            await account.Deposit(1, null, null);
        Assert.Equal(50, (await account.Get())!.Entries.Length);
        Assert.Equal(60, (await host.Store.ReadRecordsAsync($"account/{id}")).Count);
    }

    private IAccountGrain Account() => host.Grains.GetGrain<IAccountGrain>($"acc-{Guid.NewGuid():N}");
}
