using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Voltwright.Jq;
using Voltwright.Payments;
using Voltwright.Server.Payments;
using Voltwright.Sessions;
using Voltwright.Stations;
using Voltwright.Storage;
using Voltwright.Tariffs;
using Voltwright.Testing;
using Trouble = Voltwright.Testing.FakeStripe.Trouble;

namespace Voltwright.Server.Tests.Payments;

/// <summary>Amounts held at Stripe, by its own client against a stand-in of its API: whatever goes wrong, money is taken once, and what is held is given back.</summary>
public sealed class HoldTests : IClassFixture<StripeServer>
{
    // 10 kWh at 0.49, 1.00 a session, 20 % tax.
    private const long Price = 708;
    private readonly FakeTimeProvider _clock = new(TimeProvider.System.GetUtcNow());
    private readonly FakeStripe _stripe;
    private readonly RunningServer _server;
    private readonly StripePayments _provider;
    private readonly Holds _holds;

    public HoldTests(StripeServer shared)
    {
        (_stripe, _server) = (shared.Stripe, shared.Server);
        _stripe.Troubles = _ => Trouble.None;
        _provider = new StripePayments(StripeServer.OptionsOf(_stripe));
        _holds = New(_provider);
    }

    [Theory]
    [InlineData("sessions", Trouble.Broken)]
    [InlineData("sessions", Trouble.BrokenAfterwards)]
    [InlineData("sessions", Trouble.Silent)]
    [InlineData("capture", Trouble.Broken)]
    [InlineData("capture", Trouble.BrokenAfterwards)]
    [InlineData("capture", Trouble.Silent)]
    [InlineData("refunds", Trouble.Broken)]
    [InlineData("refunds", Trouble.BrokenAfterwards)]
    [InlineData("refunds", Trouble.Silent)]
    public async Task Charge_WithATroubleOnTheWay_IsTakenOnceAndRefundedOnce(string request, Trouble trouble)
    {
        var times = 0;
        _stripe.Troubles = path => path.EndsWith(request, StringComparison.Ordinal) && times++ < 1 ? trouble : Trouble.None;
        var hold = await PaidAsync();
        var session = await ChargedAsync(hold);
        await Get<StationControl>().Pay(session, CancellationToken.None);
        hold = await UntilAsync(hold.Id, HoldStatus.Captured);
        Assert.Equal([Price], _stripe.Of(hold.Id).Captures);
        Assert.Equal(("paid", "taken", Price), await PaymentAsync(session));

        // The same key again gives nothing back again.
        for (var i = 0; i < 2; i++)
            await _server.SendAsync(HttpMethod.Post, $"/api/v2/holds/{hold.Id}/refunds", Body("""{"amount":200}""", "once"));
        for (var i = 0; i < 3; i++)
            await _holds.TimerDue(hold.Stream, "", CancellationToken.None);
        Assert.Equal([200], _stripe.Of(hold.Id).Refunds);
        Assert.Equal(200, (await SessionAsync(session)).Payment!.Refunded);
        Assert.Equal(400, (await _server.SendAsync(HttpMethod.Post, $"/api/v2/holds/{hold.Id}/refunds", Body("""{"amount":509}"""))).Status);
        await _server.SendAsync(HttpMethod.Post, $"/api/v2/holds/{hold.Id}/refunds", Body("{}"));
        Assert.Equal([200, 508], _stripe.Of(hold.Id).Refunds);
        Assert.Equal(Price, (await _server.GetAsync($"/api/v2/payments/{session}")).Json["refunded"]);
    }

    [Theory]
    [InlineData("KWD")]
    [InlineData("ISK")]
    public async Task Hold_InACurrencyThatStripeCountsOtherwise_IsRefusedBeforeItIsAsked(string currency)
    {
        var hold = await PaidAsync();
        var answer = await _provider.OpenAsync(hold with { Currency = currency }, "otherwise", CancellationToken.None);
        Assert.Contains(currency, Assert.IsType<HoldAnswer.Refused>(answer).Reason, StringComparison.Ordinal);
    }

    /// <summary>The process dies at each of the questions to the provider, before or after it was put, and another goes on.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Charge_WhoseProcessDies_IsTakenOnce(bool afterwards)
    {
        for (var question = 1; question <= 4; question++)
        {
            var dying = New(new DyingProvider(_provider, question, afterwards));
            var id = Hold.IdOf($"dying {question} {afterwards}");
            var station = await StationAsync();
            await DieAsync(() => dying.BeginAsync(id, station, null, "EUR", Page, CancellationToken.None));
            await UntilAsync(id, HoldStatus.Open);
            _stripe.Pay(_stripe.Of(id));
            await DieAsync(() => dying.LookAsync(id, true, CancellationToken.None));
            var session = await ChargedAsync(await UntilAsync(id, HoldStatus.Held));
            await DieAsync(() => dying.ChargeAsync(id, session, Price, "EUR", CancellationToken.None));
            await DieAsync(() => dying.TimerDue(Hold.StreamOf(id), "", CancellationToken.None));
            Assert.IsType<PaymentOutcome.Taken>(await _holds.ChargeAsync(id, session, Price, "EUR", CancellationToken.None));
            await UntilAsync(id, HoldStatus.Captured);
            Assert.Equal([Price], _stripe.Of(id).Captures);
            Assert.Equal(("paid", "taken", Price), await PaymentAsync(session));
            Assert.Single(await EventsAsync(station), e => e["type"] == "com.ev-power-supplier.charging-station.card-scanned.v1");
        }

        static async Task DieAsync(Func<Task> work) => await work().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    [Theory]
    [InlineData(Trouble.None)]
    [InlineData(Trouble.Broken)]
    [InlineData(Trouble.BrokenAfterwards)]
    [InlineData(Trouble.Silent)]
    public async Task Hold_OfWhichNothingCame_IsGivenBack(Trouble trouble)
    {
        var times = 0;
        _stripe.Troubles = path => path.EndsWith("cancel", StringComparison.Ordinal) && times++ < 1 ? trouble : Trouble.None;

        // No workflow leased a slot; the lease ran out; it was ended before anything flowed, and billed at nothing; nobody billed it.
        var (unleased, expired, cancelled, unbilled) = (await PaidAsync(), await PaidAsync(), await PaidAsync(), await PaidAsync());
        await Station(expired).Release(await LeaseAsync(expired));
        var ended = await LeaseAsync(cancelled);
        await Station(cancelled).WantEnd(ended, "request");
        await Get<StationControl>().Pay(ended, CancellationToken.None);
        var forgotten = await ChargedAsync(unbilled);
        foreach (var hold in (Hold[])[unleased, expired, cancelled, unbilled])
            await _holds.TimerDue(hold.Stream, "", CancellationToken.None);
        Assert.Equal(HoldStatus.Held, (await _holds.FindAsync(unleased.Id))!.Status);
        await UntilAsync(expired.Id, HoldStatus.Released);
        await UntilAsync(cancelled.Id, HoldStatus.Released);
        _clock.Advance(TimeSpan.FromMinutes(3));
        await UntilAsync(unleased.Id, HoldStatus.Released);
        Assert.Equal(HoldStatus.Held, (await _holds.FindAsync(unbilled.Id))!.Status);
        _clock.Advance(TimeSpan.FromDays(3));
        await UntilAsync(unbilled.Id, HoldStatus.Released);
        foreach (var hold in (Hold[])[unleased, expired, cancelled, unbilled])
            Assert.Equal(("canceled", 0), (_stripe.Of(hold.Id).IntentStatus, _stripe.Of(hold.Id).Captures.Count));
        Assert.Equal(("ended", null, 0), await PaymentAsync(forgotten));
        Assert.Equal(("paid", "taken", 0), await PaymentAsync(ended));
        Assert.Equal(RefusalKind.PaymentRefused, (await Get<StationControl>().Pay(forgotten, CancellationToken.None)).Refusal!.Kind);

        // What is over is no card any more, nor was it ever one at another station.
        Assert.Equal(RefusalKind.CardNotAccepted, (await Station(unleased).AcquireSlot(unleased.Id, null)).Refusal!.Kind);
        var held = await PaidAsync();
        Assert.Equal(RefusalKind.CardNotAccepted, (await Station(unleased).AcquireSlot(held.Id, null)).Refusal!.Kind);
    }

    [Fact]
    public async Task Lease_ThatComesWhileTheHoldIsGivenUp_KeepsIt()
    {
        var hold = await PaidAsync();
        _clock.Advance(TimeSpan.FromMinutes(3));
        var session = await LeaseAsync(hold);

        // As if it had been looked for a moment before it was there.
        var stored = (await Get<IStore>().LoadAsync(hold.Stream))!;
        await Get<IStore>().CommitAsync(new Commit
        {
            Writes = [new(hold.Stream, stored.Version, DomainJson.Write(hold.ToRelease("Nothing was started."), DomainJson.Default.Hold))],
        });
        await _holds.TimerDue(hold.Stream, "", CancellationToken.None);
        var kept = (await _holds.FindAsync(hold.Id))!;
        Assert.Equal((HoldStatus.Held, session), (kept.Status, kept.SessionId));
        Assert.Equal("requires_capture", _stripe.Of(hold.Id).IntentStatus);
    }

    [Fact]
    public async Task Page_ThatIsLeft_ClosesAndWhatIsPaidTooLateIsGivenBack()
    {
        var (cancelled, left, late) = (await OpenAsync(), await OpenAsync(), await OpenAsync());
        Assert.Equal(HoldStatus.Lapsed, (await _holds.CancelAsync(cancelled.Id, CancellationToken.None))!.Status);
        _stripe.Pay(_stripe.Of(late.Id));
        _clock.Advance(TimeSpan.FromHours(1));
        await UntilAsync(left.Id, HoldStatus.Lapsed);
        await UntilAsync(late.Id, HoldStatus.Released);
        Assert.Equal(
            ["expired", "expired", "canceled"],
            new[] { cancelled, left, late }.Select(h => _stripe.Of(h.Id)).Select(c => c.Status == "complete" ? c.IntentStatus : c.Status));
        Assert.Empty((await Station(late).Get())!.Taps);
    }

    [Fact]
    public async Task Payment_ThatIsRefused_LeavesTheSessionUnpaidAndTheHoldGivenBack()
    {
        var refusedAtOnce = await _holds.BeginAsync(Hold.IdOf("crowns"), await StationAsync(), null, "XXX", Page, CancellationToken.None);
        Assert.Equal((HoldStatus.Lapsed, "Invalid currency"), (refusedAtOnce.Status, refusedAtOnce.Reason));
        _stripe.Troubles = path => path.EndsWith("capture", StringComparison.Ordinal) ? Trouble.Refused : Trouble.None;
        var hold = await PaidAsync();
        var session = await ChargedAsync(hold);
        Assert.Equal(RefusalKind.PaymentRefused, (await Get<StationControl>().Pay(session, CancellationToken.None)).Refusal!.Kind);
        await UntilAsync(hold.Id, HoldStatus.Released);
        Assert.Equal(("unpaid", "refused", Price), await PaymentAsync(session));
        Assert.Equal("Your bank said no.", (await _server.GetAsync($"/api/v2/payments/{session}")).Json["reason"]);
    }

    [Fact]
    public async Task Hold_NamedAsTheAccountOfACard_PaysNothingForIt()
    {
        var hold = await PaidAsync();
        var card = $$"""{"id":"THIEF-{{Guid.NewGuid():N}}","accountId":"hold:{{hold.Id}}"}""";
        var thief = (await _server.PostAsync("/api/v2/cards", card)).Json["id"].AsString();
        var started = await Station(hold).ChargingStarted(new ChargingStartedFact(2, thief, 0, Now));
        await Station(hold).ChargingStopped(new ChargingStoppedFact($"{started.TransactionNumber}", null, null, 10_000, Now, "Remote", null));
        Assert.Equal(RefusalKind.PaymentRefused, (await Get<StationControl>().Pay(started.SessionId!, CancellationToken.None)).Refusal!.Kind);
        Assert.Empty(_stripe.Of(hold.Id).Captures);
    }

    [Fact]
    public async Task Bill_ThatReachesTheHold_EndsTheSessionByATapAndStaysWithinIt()
    {
        var hold = await PaidAsync();
        var station = Station(hold);
        var started = await station.ChargingStarted(new ChargingStartedFact(1, hold.Id, 0, Now));
        foreach (var wh in (long[])[50_000, 83_000, 83_500, 84_000])
            await station.MeterReported(new MeterFact(1, $"{started.TransactionNumber}", [new MeterSample(Now, wh, 50_000)]));
        var taps = (await EventsAsync(hold.StationId)).Where(e => e["data"]["cause"] == "limit").ToList();
        Assert.Single(taps);
        await station.ChargingStopped(new ChargingStoppedFact($"{started.TransactionNumber}", null, null, 90_000, Now, "Remote", null));
        Assert.NotNull((await Get<StationControl>().Pay(started.SessionId!, CancellationToken.None)).Value);
        Assert.Equal([hold.Amount], _stripe.Of(hold.Id).Captures);
        var session = await SessionAsync(started.SessionId!);
        Assert.Equal((hold.Amount, hold.Amount, "limit"), (session.Price!.Amount, session.Price.Lines.Sum(l => l.Amount), session.Price.Lines[^1].Kind));
    }

    [Fact]
    public async Task Event_FromStripe_CountsWhenItIsSignedAndOnceHoweverOftenItComes()
    {
        var hold = await OpenAsync();
        var checkout = _stripe.Of(hold.Id);
        _stripe.Pay(checkout);
        using var anybody = _server.NewClient(null);
        Assert.Equal(HttpStatusCode.BadRequest, (await FakeStripe.TellAsync(anybody, checkout, "whsec_of_somebody_else")).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await FakeStripe.TellAsync(anybody, checkout, age: TimeSpan.FromHours(1))).StatusCode);
        Assert.Equal(HoldStatus.Open, (await _holds.FindAsync(hold.Id))!.Status);
        var asked = _stripe.Requests;
        for (var i = 0; i < 3; i++)
            Assert.Equal(HttpStatusCode.NoContent, (await FakeStripe.TellAsync(anybody, checkout)).StatusCode);
        Assert.Equal(asked + 1, _stripe.Requests);
        Assert.Equal((HoldStatus.Held, "visa •••• 4242"), ((await _holds.FindAsync(hold.Id))!.Status, (await _holds.FindAsync(hold.Id))!.Method));
        Assert.Single((await Station(hold).Get())!.Taps);
        Assert.Single(await EventsAsync(hold.StationId), e => e["type"] == "com.ev-power-supplier.payment.held.v1");
    }

    [Fact]
    public async Task Key_ThatStripeDoesNotAccept_IsSaidWithoutIt()
    {
        var wrong = New(new StripePayments(new StripeOptions("sk_test_wrong", api: _stripe.Address)));
        var hold = await wrong.BeginAsync(Hold.IdOf("wrong key"), await StationAsync(), null, "EUR", Page, CancellationToken.None);
        Assert.Equal((HoldStatus.Opening, 1, null), (hold.Status, hold.Tries, hold.Reason));
        Assert.DoesNotContain("sk_test", $"{new StripeOptions(FakeStripe.Key)}", StringComparison.Ordinal);

        // Nobody may make a card of the kind that payments are.
        Assert.Equal(400, (await _server.PostAsync("/api/v2/cards", $$"""{"id":"{{hold.Id}}"}""")).Status);
    }

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    private static Uri Page => new("http://127.0.0.1/s/CP1");

    private T Get<T>()
        where T : notnull => _server.App.Services.GetRequiredService<T>();

    private Holds New(IHoldProvider provider) =>
        new(Get<IStore>(), Get<IGrainFactory>(), new HoldOptions(), _clock, NullLogger<Holds>.Instance, provider);

    private IStationGrain Station(Hold hold) => Get<IGrainFactory>().GetGrain<IStationGrain>(hold.StationId);

    private async Task<string> StationAsync()
    {
        var id = $"CP-{Guid.NewGuid():N}"[..20];
        Assert.NotNull((await Get<IGrainFactory>().GetGrain<IStationGrain>(id).Register(new StationRegistration(id, "ocpp1.6", 2, null), null)).Value);
        return id;
    }

    private async Task<Hold> OpenAsync()
    {
        var station = await StationAsync();
        await _holds.BeginAsync(Hold.IdOf(station), station, null, "EUR", Page, CancellationToken.None);
        return await UntilAsync(Hold.IdOf(station), HoldStatus.Open);
    }

    private async Task<Hold> PaidAsync()
    {
        var hold = await OpenAsync();
        _stripe.Pay(_stripe.Of(hold.Id));
        return await UntilAsync(hold.Id, HoldStatus.Held);
    }

    private async Task<string> LeaseAsync(Hold hold) => (await Station(hold).AcquireSlot(hold.Id, null)).Value!.SessionId;

    /// <summary>A session of 10 kWh that has ended.</summary>
    private async Task<string> ChargedAsync(Hold hold)
    {
        await LeaseAsync(hold);
        var started = await Station(hold).ChargingStarted(new ChargingStartedFact(1, hold.Id, 1000, Now));
        await Station(hold).ChargingStopped(new ChargingStoppedFact($"{started.TransactionNumber}", null, null, 11_000, Now, "Remote", null));
        return started.SessionId!;
    }

    /// <summary>As its timer does, whoever died.</summary>
    private async Task<Hold> UntilAsync(string id, HoldStatus status)
    {
        for (var i = 0; i < 8; i++)
        {
            if (await _holds.FindAsync(id) is { } hold && hold.Status == status)
                return hold;
            await _holds.TimerDue(Hold.StreamOf(id), "", CancellationToken.None);
        }

        throw new TimeoutException($"It did not become {status}: {await _holds.FindAsync(id)}");
    }

    private async Task<Session> SessionAsync(string id) =>
        DomainJson.Read((await Get<IStore>().LoadAsync($"session/{id}"))!.Body, DomainJson.Default.Session);

    private async Task<(string Session, string? Payment, long Amount)> PaymentAsync(string sessionId)
    {
        var session = await SessionAsync(sessionId);
        return ($"{session.Status}".ToLowerInvariant(), session.Payment?.Status, session.Payment?.Amount ?? 0);
    }

    private async Task<IEnumerable<JsonValue>> EventsAsync(string stationId) =>
        (await Get<IStore>().ReadEventsAsync(0, 10_000)).Select(e => e.Envelope).Where(e => e["subject"] == stationId);

    private static StringContent Body(string json, string? key = null)
    {
        var body = new StringContent(json, System.Text.Encoding.UTF8, "application/json");
        if (key is not null)
            body.Headers.Add("Idempotency-Key", key);
        return body;
    }

    /// <summary>Dies at one of the questions put to it, before or after it was passed on.</summary>
    private sealed class DyingProvider(IHoldProvider real, int question, bool afterwards) : IHoldProvider
    {
        private int _asked;

        public Task<HoldAnswer> OpenAsync(Hold hold, string key, CancellationToken cancellation) => Ask(() => real.OpenAsync(hold, key, cancellation));

        public Task<HoldAnswer> FindAsync(Hold hold, CancellationToken cancellation) => Ask(() => real.FindAsync(hold, cancellation));

        public Task<HoldAnswer> CaptureAsync(Hold hold, long amount, string key, CancellationToken cancellation) =>
            Ask(() => real.CaptureAsync(hold, amount, key, cancellation));

        public Task<HoldAnswer> ReleaseAsync(Hold hold, string key, CancellationToken cancellation) => Ask(() => real.ReleaseAsync(hold, key, cancellation));

        public Task<HoldAnswer> RefundAsync(Hold hold, long amount, string key, CancellationToken cancellation) =>
            Ask(() => real.RefundAsync(hold, amount, key, cancellation));

        private async Task<HoldAnswer> Ask(Func<Task<HoldAnswer>> pass)
        {
            if (++_asked == question && !afterwards)
                throw new InvalidOperationException("The process died.");
            var answer = await pass();
            return _asked == question ? throw new InvalidOperationException("The process died.") : answer;
        }
    }
}
