using Voltwright.Cards;
using Voltwright.Events;
using Voltwright.Jq;
using Voltwright.Sessions;
using Voltwright.Stations;
using Voltwright.Tariffs;

namespace Voltwright.Tests.Stations;

[Collection(DomainCollection.Name)]
public sealed class StationGrainTests(DomainHost host)
{
    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    [Fact]
    public async Task LastSlot_WantedByManyCardsAtOnce_GoesToOne()
    {
        var station = await host.StationAsync(slots: 1);
        var cards = new List<string>();
        for (var i = 0; i < 12; i++)
            cards.Add(await host.CardAsync());

        var outcomes = await Task.WhenAll(cards.Select(c => station.Grain.AcquireSlot(c, null)));

        Assert.Single(outcomes, o => o.Value is not null);
        Assert.Equal(11, outcomes.Count(o => o.Refusal?.Kind == RefusalKind.NoSlotAvailable));
        Assert.Single(await host.EventsAsync(station.StationId, EventTypes.SessionLeased));
    }

    [Fact]
    public async Task Acquire_WithTheSameKey_GivesTheSameAnswer()
    {
        var station = await host.StationAsync(slots: 1);
        var (first, second) = (await host.CardAsync(), await host.CardAsync());
        var lease = await station.Grain.AcquireSlot(first, "k1");
        await station.Grain.CardPresented(new CardFact(second, null, "authorize", false, Now));
        var refused = await station.Grain.AcquireSlot(second, "k2");
        await station.Grain.AcquireSlot(second, null);
        Assert.Equal("no-slot", Assert.Single(await host.EventsAsync(station.StationId, EventTypes.CardRefused))["data"]["decision"]);
        await station.Grain.WantEnd(lease.Value!.SessionId, "request");

        Assert.Equal(lease, await station.Grain.AcquireSlot(first, "k1"));
        Assert.Equal(refused, await station.Grain.AcquireSlot(second, "k2"));
        Assert.NotNull((await station.Grain.AcquireSlot(second, "k3")).Value);
    }

    [Fact]
    public async Task Session_OfATap_IsFoundByTheNextTapAndNotByItself()
    {
        var station = await host.StationAsync();
        var card = await host.CardAsync();
        await station.Grain.CardPresented(new CardFact(card, null, "authorize", false, Now));
        var firstTap = await LastTapAsync(station);
        var lease = (await station.Grain.AcquireSlot(card, null)).Value!;
        var started = await station.Grain.ChargingStarted(new ChargingStartedFact(lease.SlotNumber, card, 1000, Now));
        Assert.Null(await station.Grain.FindSession(card, firstTap));
        Assert.Equal(lease.SessionId, (await station.Grain.FindSession(card, null))?.Id);

        await station.Grain.ChargingStopped(new ChargingStoppedFact($"{started.TransactionNumber}", null, null, 2000, Now, "Local", card));
        Assert.Equal(lease.SessionId, (await station.Grain.FindSession(card, await LastTapAsync(station)))?.Id);
        Assert.Null(await station.Grain.FindSession(card, firstTap));
        Assert.Null(await station.Grain.FindSession(card, null));
        Assert.Null(await station.Grain.FindSession(card, Now.AddSeconds(5)));
    }

    [Fact]
    public async Task Session_OfATapByStartAlone_IsNotItsOwn()
    {
        var station = await host.StationAsync();
        var card = await host.CardAsync();
        var started = await station.Grain.ChargingStarted(new ChargingStartedFact(1, card, 1000, Now));
        Assert.Null(await station.Grain.FindSession(card, await LastTapAsync(station)));
        Assert.Equal(started.SessionId, (await station.Grain.AcquireSlot(card, null)).Value!.SessionId);
    }

    [Fact]
    public async Task Start_RepeatedBeyondWhatTheStationRemembers_IsFoundInTheStore()
    {
        var station = await host.StationAsync();
        var card = await host.CardAsync();
        var began = Now.AddDays(-2);
        var fact = new ChargingStartedFact(1, card, 1000, began);
        var first = await station.Grain.ChargingStarted(fact);
        await station.Grain.ChargingStopped(new ChargingStoppedFact($"{first.TransactionNumber}", null, null, 2000, began.AddHours(1), null, null));
        for (var i = 1; i <= 20; i++)
        {
            var other = await station.Grain.ChargingStarted(new ChargingStartedFact(1, card, 1000 + i, began.AddHours(i + 1)));
            await station.Grain.ChargingStopped(new ChargingStoppedFact($"{other.TransactionNumber}", null, null, 3000, began.AddHours(i + 2), null, null));
        }

        Assert.DoesNotContain((await station.Grain.Get())!.Sessions, e => e.Id == first.SessionId);
        Assert.Equal(first, await station.Grain.ChargingStarted(fact));
        await station.Grain.ChargingStopped(new ChargingStoppedFact($"{first.TransactionNumber}", null, null, 9000, Now, null, null));
        Assert.Equal(1000, (await station.Grain.GetSession(first.SessionId!)).Value!.EnergyWh);
    }

    [Fact]
    public async Task Tariff_ChangedWhileCharging_LeavesTheSessionsOwn()
    {
        var tariffs = host.Get<TariffCatalog>();
        var known = (await tariffs.FindAsync("default"))!;
        var station = await host.StationAsync();
        var started = await station.Grain.ChargingStarted(new ChargingStartedFact(1, await host.CardAsync(), 0, Now));
        try
        {
            await tariffs.PutAsync(known with { PerKwh = 99_999 });
            await station.Grain.ChargingStopped(new ChargingStoppedFact($"{started.TransactionNumber}", null, null, 1000, Now, null, null));
        }
        finally
        {
            await tariffs.PutAsync(known);
        }

        var session = (await station.Grain.GetSession(started.SessionId!)).Value!;
        Assert.Equal(known.Version, session.Tariff.Version);
        Assert.Equal(179, session.Price!.Amount);
    }

    [Fact]
    public async Task TransactionNumbers_OfManyStationsAtOnce_AreUniqueAndPositive()
    {
        var numbers = host.Get<TransactionNumbers>();
        using var another = new TransactionNumbers(host.Store);
        var taken = await Task.WhenAll(Enumerable.Range(0, 1500).Select(i => Task.Run(() => (i % 2 == 0 ? numbers : another).NextAsync().AsTask())));
        Assert.Equal(1500, taken.Distinct().Count());
        Assert.All(taken, n => Assert.True(n > 0));
    }

    [Fact]
    public async Task Registration_Twice_IsRefusedUnlessItIsTheSameRequest()
    {
        var id = $"CP-{Guid.NewGuid():N}"[..16];
        var grain = host.Grains.GetGrain<IStationGrain>(id);
        var registration = new StationRegistration(id, "mqtt", 2, "s");
        Assert.NotNull((await grain.Register(registration, "key")).Value);
        Assert.NotNull((await grain.Register(registration, "key")).Value);
        Assert.Equal(RefusalKind.AlreadyExists, (await grain.Register(registration, null)).Refusal!.Kind);
        Assert.NotNull((await grain.Remove()).Value);
        Assert.Null(await grain.Get());
        Assert.NotNull((await grain.Register(registration, null)).Value);
    }

    [Fact]
    public async Task Station_WithAnOpenSession_IsNotRemoved()
    {
        var station = await host.StationAsync();
        await station.Grain.AcquireSlot(await host.CardAsync(), null);
        Assert.Equal(RefusalKind.IllegalTransition, (await station.Grain.Remove()).Refusal!.Kind);
    }

    [Fact]
    public async Task Authentication_OfAStation_NeedsItsSecretAndProtocol()
    {
        var station = await host.StationAsync(connected: false);
        Assert.True((await station.Grain.Authenticate(new("ocpp1.6", "::1", "secret"))).Admitted);
        Assert.True((await station.Grain.Authenticate(new("ocpp1.6", "::1", "secret"))).Admitted);
        Assert.False((await station.Grain.Authenticate(new("ocpp1.6", "::1", "wrong"))).Admitted);
        Assert.False((await station.Grain.Authenticate(new("ocpp1.6", "::1", null))).Admitted);
        var other = await station.Grain.Authenticate(new("mqtt", "::1", "secret"));
        Assert.False(other.Admitted);
        Assert.Contains("PATCH", other.Remedy);

        await station.Grain.SetSecret("next");
        Assert.False((await station.Grain.Authenticate(new("ocpp1.6", "::1", "secret"))).Admitted);
        Assert.True((await station.Grain.Authenticate(new("ocpp1.6", "::1", "next"))).Admitted);
        Assert.DoesNotContain("next", System.Text.Encoding.UTF8.GetString((await host.Store.LoadAsync($"station/{station.StationId}"))!.Body.Span));
    }

    [Fact]
    public async Task Authentication_OfAStationWithoutSecret_AdmitsNobody()
    {
        var id = $"CP-{Guid.NewGuid():N}"[..16];
        var grain = host.Grains.GetGrain<IStationGrain>(id);
        await grain.Register(new StationRegistration(id, "ocpp1.6", 1, null), null);
        Assert.False((await grain.Authenticate(new("ocpp1.6", "::1", null))).Admitted);
        Assert.Contains("/secret", (await grain.Authenticate(new("ocpp1.6", "::1", ""))).Remedy);
    }

    [Fact]
    public async Task UnknownStation_Knocking_IsRefusedAndListedUntilItIsAdmitted()
    {
        var id = $"NEW-{Guid.NewGuid():N}"[..16];
        var grain = host.Grains.GetGrain<IStationGrain>(id);
        var admission = await grain.Authenticate(new("ocpp1.6", "10.0.0.7", "x"));
        Assert.False(admission.Admitted);
        Assert.Contains("POST /api/v2/stations", admission.Remedy);
        var listed = await host.Store.ListAsync("candidate", [("id", id)], 10);
        Assert.Equal("10.0.0.7", JsonValue.Parse(listed.Items[0].Body.Span)["remoteAddress"]);

        await grain.Register(new StationRegistration(id, "ocpp1.6", 1, "x"), null);
        Assert.Empty((await host.Store.ListAsync("candidate", [("id", id)], 10)).Items);
        Assert.True((await grain.Authenticate(new("ocpp1.6", "10.0.0.7", "x"))).Admitted);
    }

    [Fact]
    public async Task UnknownStation_WithAnImpossibleName_IsNotListed()
    {
        var id = new string('x', 200);
        await host.Grains.GetGrain<IStationGrain>(id).Authenticate(new("ocpp1.6", "::1", "x"));
        Assert.Empty((await host.Store.ListAsync("candidate", [("id", id)], 10)).Items);
    }

    [Fact]
    public async Task Disconnection_OfAnOlderLink_LeavesTheNewerOne()
    {
        var station = await host.StationAsync();
        await station.Grain.Connected("newer", "ocpp1.6");
        await station.Grain.Disconnected(station.LinkId);
        Assert.True((await station.Grain.Get())!.Connected);
        await station.Grain.Disconnected("newer");
        Assert.False((await station.Grain.Get())!.Connected);
    }

    [Fact]
    public async Task NativeEvent_SentTwice_IsLoggedOnce()
    {
        var station = await host.StationAsync();
        var data = JsonValue.Parse("""{"angle": 90}""");
        await station.Grain.Reported("door-1", EventTypes.DoorOpened, data, Now);
        await station.Grain.Reported("door-1", EventTypes.DoorOpened, data, Now);
        var told = Assert.Single(await host.EventsAsync(station.StationId, EventTypes.DoorOpened));
        Assert.Equal(90, told["data"]["angle"]);
        Assert.Equal(station.StationId, told["data"]["stationId"]);
    }

    [Fact]
    public async Task LeaseTimer_AfterTheLease_IsKeptInTheStoreAndExpires()
    {
        var station = await host.StationAsync();
        var lease = (await station.Grain.AcquireSlot(await host.CardAsync(), null)).Value!;
        var timer = Assert.Single(await host.Store.ReadTimersAsync(), t => t.Stream == $"station/{station.StationId}");
        Assert.Equal($"lease:{lease.SessionId}", timer.Name);
        await station.Grain.WantEnd(lease.SessionId, "request");
        Assert.DoesNotContain(await host.Store.ReadTimersAsync(), t => t.Stream == $"station/{station.StationId}");
    }

    [Fact]
    public async Task Charging_ToldAfterItsSessionWasGivenUp_IsBilledAndStoppedByTheStationsName()
    {
        var station = await host.StationAsync();
        var card = await host.CardAsync();
        var givenUp = (await station.Grain.AcquireSlot(card, null)).Value!.SessionId;
        await station.Grain.WantStart(givenUp);
        await station.Grain.WantEnd(givenUp, "request");

        var begun = await station.Grain.ChargingStarted(new ChargingStartedFact(1, card, 1000, Now, givenUp, givenUp));
        await station.Grain.MeterReported(new MeterFact(1, givenUp, [new MeterSample(Now, 1500, null)]));
        await station.Grain.ChargingStopped(new ChargingStoppedFact(givenUp, 1, null, 2000, Now, "Local", null));

        Assert.NotEqual(givenUp, begun.SessionId);
        var session = (await station.Grain.GetSession(begun.SessionId!)).Value!;
        Assert.Equal((SessionStatus.Ended, 1000L, givenUp), (session.Status, session.EnergyWh, session.TransactionId));
    }

    [Fact]
    public async Task Lock_ThatComesAfterItsSession_IsRefused()
    {
        var station = await host.StationAsync();
        var lease = (await station.Grain.AcquireSlot(await host.CardAsync(), null)).Value!;
        Assert.True((await station.Grain.WantLock(lease.SlotNumber, true)).Value!.FindSlot(lease.SlotNumber)!.Lock.Wanted);
        await station.Grain.WantEnd(lease.SessionId, "request");
        await station.Grain.WantLock(lease.SlotNumber, false);

        Assert.Equal(RefusalKind.IllegalTransition, (await station.Grain.WantLock(lease.SlotNumber, true)).Refusal!.Kind);
        Assert.Equal(SlotStatus.Available, (await station.Grain.Get())!.FindSlot(lease.SlotNumber)!.Status);
    }

    [Fact]
    public async Task Facts_OfAStationNobodyRegistered_AreIgnored()
    {
        var grain = host.Grains.GetGrain<IStationGrain>($"ghost-{Guid.NewGuid():N}");
        Assert.Equal(CardDecision.Unknown, await grain.CardPresented(new CardFact("A", null, "authorize", false, Now)));
        await grain.SlotStatusReported(new SlotStatusFact(1, "available", null, null, null, Now));
        Assert.Equal(RefusalKind.NotFound, (await grain.AcquireSlot("A", null)).Refusal!.Kind);
        Assert.Equal(RefusalKind.NotFound, (await grain.WantLock(1, true)).Refusal!.Kind);
        Assert.Null(await grain.FindSession("A", null));
    }

    [Fact]
    public async Task Card_SpelledInOtherCapitals_KeepsItsTapLeaseAndSession()
    {
        var station = await host.StationAsync();
        var card = await host.CardAsync();
        var small = card.ToLowerInvariant();
        Assert.Equal(CardDecision.Accepted, await station.Grain.CardPresented(new CardFact(small, null, "authorize", false, Now)));
        await station.Grain.CardPresented(new CardFact(card, null, "authorize", false, Now));
        Assert.Equal(card, Assert.Single(await host.EventsAsync(station.StationId, EventTypes.CardScanned))["data"]["cardId"]);
        var lease = (await station.Grain.AcquireSlot(small, null)).Value!;
        Assert.Equal(lease, (await station.Grain.AcquireSlot(card, null)).Value);
        var started = await station.Grain.ChargingStarted(new ChargingStartedFact(1, small, 0, Now));
        Assert.Equal((lease.SessionId, CardDecision.Accepted), (started.SessionId, started.Decision));
        Assert.Equal(lease.SessionId, (await station.Grain.FindSession(small, null))!.Id);
        var stop = new ChargingStoppedFact($"{started.TransactionNumber}", null, null, 500, Now, "Local", small);
        Assert.Equal(CardDecision.Accepted, await station.Grain.ChargingStopped(stop));
        Assert.Equal("tap", (await station.Grain.GetSession(lease.SessionId)).Value!.EndCause);
    }

    [Fact]
    public async Task Card_BlockedByTheOperator_IsRefusedAtTheNextTap()
    {
        var station = await host.StationAsync();
        var card = await host.CardAsync();
        Assert.Equal(CardDecision.Accepted, await station.Grain.CardPresented(new CardFact(card, null, "reader", false, Now, "e1")));
        await host.Grains.GetGrain<ICardGrain>(card).Change(new CardChange(CardStatus.Blocked, null, null), null);
        Assert.Equal(CardDecision.Blocked, await station.Grain.CardPresented(new CardFact(card, null, "start-transaction", true, Now.AddSeconds(-1))));
        Assert.Equal(RefusalKind.CardNotAccepted, (await station.Grain.AcquireSlot(card, null)).Refusal!.Kind);
    }

    private async Task<DateTimeOffset> LastTapAsync(FakeStation station) => DateTimeOffset.Parse(
        (await host.EventsAsync(station.StationId, EventTypes.CardScanned))[^1]["time"].AsString(), System.Globalization.CultureInfo.InvariantCulture);
}
