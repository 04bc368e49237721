using Voltwright.Events;
using Voltwright.Gateway;
using Voltwright.Payments;
using Voltwright.Sessions;
using Voltwright.Stations;
using Voltwright.Support;

namespace Voltwright.Tests.Stations;

[Collection(DomainCollection.Name)]
public sealed class StationControlTests(DomainHost host)
{
    private static readonly CancellationToken None = CancellationToken.None;

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    [Fact]
    public async Task Session_ThatAnotherTransactionTookTheSlotOf_IsOverForItsDriver()
    {
        var station = await host.StationAsync(1);
        var card = await host.CardAsync();
        var lost = await station.Grain.ChargingStarted(new ChargingStartedFact(1, card, 1000, Now.AddMinutes(-1)));
        await station.Grain.CardPresented(new CardFact(card, null, "authorize", false, Now.AddHours(1)));
        var tap = (await station.Grain.Get())!.Taps[^1].At;
        Assert.Equal(lost.SessionId, (await station.Grain.FindSession(card, tap))?.Id);

        // The tap began something new: whoever asks a moment later is not sent to end what is gone.
        var asked = host.Control.FindSession(station.StationId, card, tap, None);
        var next = await station.Grain.ChargingStarted(new ChargingStartedFact(1, card, 1500, Now));
        Assert.Null(await asked);
        Assert.Equal(next.SessionId, (await station.Grain.AcquireSlot(card, null)).Value!.SessionId);

        var given = (await host.Control.End(lost.SessionId!, None)).Value!;
        Assert.Equal((SessionStatus.Ended, "station"), (given.Status, given.EndCause));
        Assert.DoesNotContain(station.Commands, c => c is StationCommand.StopCharging);
    }

    [Fact]
    public async Task Reservation_ThatTheStationIsBeingTold_IsNotDeliveredBeside()
    {
        var station = await host.StationAsync();
        var (asked, again) = (new TaskCompletionSource(), new TaskCompletionSource());
        station.React = async (command, _) =>
        {
            if (command is StationCommand.ReserveSlot && !asked.TrySetResult())
                again.SetResult();
            else if (command is StationCommand.ReserveSlot)
                await Task.WhenAny(again.Task, Task.Delay(TimeSpan.FromMilliseconds(300), TimeProvider.System, None));
            return FakeStation.Done;
        };

        var made = host.Control.Reserve(station.StationId, new(await host.CardAsync(), 1, Now.AddMinutes(10)), null, None);
        await asked.Task;
        await host.Control.DeliverAsync(station.StationId, None);

        Assert.Equal("confirmed", (await made).Value!.Reached);
        Assert.False(again.Task.IsCompleted);
    }

    [Fact]
    public async Task UseCase_FromLeaseToPayment_RunsThrough()
    {
        var station = await host.StationAsync();
        var card = await host.CardAsync();
        var number = 0;
        station.React = async (command, _) =>
        {
            if (command is StationCommand.StopCharging stop)
                await station.Grain.ChargingStopped(new ChargingStoppedFact(stop.TransactionId, null, null, 8345, Now, "Remote", null));
            return FakeStation.Done;
        };
        var lease = (await station.Grain.AcquireSlot(card, null)).Value!;
        Assert.NotNull((await host.Control.SetLed(station.StationId, "1", new LedState("on", "blue", null), None)).Value);
        Assert.Equal(SlotStatus.Locked, (await host.Control.Lock(station.StationId, 1, None)).Value!.FindSlot(1)!.Status);
        Assert.Equal(SessionStatus.Started, (await host.Control.Start(lease.SessionId, None)).Value!.Status);
        number = (await station.Grain.ChargingStarted(new ChargingStartedFact(1, card, 1000, Now))).TransactionNumber;

        var ended = (await host.Control.End(lease.SessionId, None)).Value!;
        Assert.Equal((SessionStatus.Ended, 7345L, 552L, "request"), (ended.Status, ended.EnergyWh, ended.Price!.Amount, ended.EndCause));
        var paid = (await host.Control.Pay(lease.SessionId, None)).Value!;
        Assert.Equal((SessionStatus.Paid, "taken", 552L), (paid.Status, paid.Payment!.Status, paid.Payment.Amount));
        Assert.Equal(SlotStatus.Available, (await host.Control.Unlock(station.StationId, 1, None)).Value!.FindSlot(1)!.Status);

        Assert.Contains(station.Commands, c => c is StationCommand.StopCharging stop && stop.TransactionId == $"{number}");
        Assert.Equal(ended.EnergyWh, (await host.Control.End(lease.SessionId, None)).Value!.EnergyWh);
        Assert.Equal(paid.Payment, (await host.Control.Pay(lease.SessionId, None)).Value!.Payment);
        Assert.Equal(-552, (await host.Grains.GetGrain<IAccountGrain>($"card:{card}").Get())!.Balance);
        Assert.Single(await host.EventsAsync(station.StationId, EventTypes.SessionPaid));
    }

    [Fact]
    public async Task End_WhoseFactComesAfterTheAnswer_WaitsForIt()
    {
        var (station, sessionId, number) = await ChargingAsync();
        var asked = new TaskCompletionSource();
        station.React = (_, _) =>
        {
            asked.TrySetResult();
            return Task.FromResult(FakeStation.Done);
        };
        var ending = host.Control.End(sessionId, None);
        await asked.Task.WaitAsync(TimeSpan.FromSeconds(5));
        await station.Grain.ChargingStopped(new ChargingStoppedFact($"{number}", null, null, 1500, Now, "Remote", null));
        Assert.Equal(500, (await ending).Value!.EnergyWh);
    }

    [Fact]
    public async Task End_OfAStationThatSaysNothing_IsSilent()
    {
        var (station, sessionId, _) = await ChargingAsync();
        Assert.Equal(RefusalKind.StationSilent, (await host.Control.End(sessionId, None)).Refusal!.Kind);
        station.React = async (_, cancellation) =>
        {
            await Task.Delay(TimeSpan.FromMinutes(5), TimeProvider.System, cancellation);
            return FakeStation.Done;
        };
        Assert.Equal(RefusalKind.StationSilent, (await host.Control.End(sessionId, None)).Refusal!.Kind);
        Assert.True((await station.Grain.GetSession(sessionId)).Value!.IsOpen);
    }

    [Fact]
    public async Task End_OfAStationThatIsAway_IsRefusedAndDeliveredWhenItIsBack()
    {
        var (station, sessionId, _) = await ChargingAsync();
        host.Get<StationLinks>().Remove(station);
        await station.Grain.Disconnected(station.LinkId);
        Assert.Equal(RefusalKind.StationOffline, (await host.Control.End(sessionId, None)).Refusal!.Kind);

        var told = new TaskCompletionSource();
        station.React = (command, _) =>
        {
            if (command is StationCommand.StopCharging)
                told.TrySetResult();
            return Task.FromResult(FakeStation.Done);
        };
        host.Get<StationLinks>().Add(station);
        await station.Grain.Connected(station.LinkId, station.Protocol);
        host.Get<UndeliveredWishes>().Add(station.StationId);
        await told.Task.WaitAsync(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task End_ThatTheStationRefuses_IsRefused()
    {
        var (station, sessionId, _) = await ChargingAsync();
        station.React = (_, _) => Task.FromResult<CommandOutcome>(new CommandOutcome.Rejected("not now"));
        var refusal = (await host.Control.End(sessionId, None)).Refusal!;
        Assert.Equal(RefusalKind.StationRefused, refusal.Kind);
        Assert.Contains("not now", refusal.Detail);
    }

    [Fact]
    public async Task Led_ForASessionThatIsOver_IsRefusedAndTheLightItHadGoesOut()
    {
        var station = await host.StationAsync();
        var lease = (await station.Grain.AcquireSlot(await host.CardAsync(), null)).Value!;
        var blue = new LedState("on", "blue", null, lease.SessionId);
        Assert.Equal(RefusalKind.IllegalTransition, (await host.Control.SetLed(station.StationId, "2", blue, None)).Refusal!.Kind);
        Assert.NotNull((await host.Control.SetLed(station.StationId, "1", blue, None)).Value);
        var dark = new TaskCompletionSource();
        station.React = (command, _) =>
        {
            if (command == new StationCommand.SetLed("1", "off", null, null))
                dark.TrySetResult();
            return Task.FromResult(FakeStation.Done);
        };

        Assert.Equal(SessionStatus.Expired, (await host.Control.Release(lease.SessionId)).Value!.Status);

        await dark.Task.WaitAsync(TimeSpan.FromSeconds(10));
        Assert.Equal(RefusalKind.IllegalTransition, (await host.Control.SetLed(station.StationId, "1", blue, None)).Refusal!.Kind);
        Assert.Equal(RefusalKind.IllegalTransition, (await host.Control.Start(lease.SessionId, None)).Refusal!.Kind);
        Assert.Equal(SessionStatus.Expired, (await host.Control.Release(lease.SessionId)).Value!.Status);
        Assert.Equal(RefusalKind.NotFound, (await host.Control.Release("nobody")).Refusal!.Kind);
    }

    [Fact]
    public async Task Start_ThatTheStationRefusesBecauseItCharges_IsDone()
    {
        var station = await host.StationAsync();
        var card = await host.CardAsync();
        var lease = (await station.Grain.AcquireSlot(card, null)).Value!;
        station.React = async (_, _) =>
        {
            await station.Grain.ChargingStarted(new ChargingStartedFact(1, card, 1000, Now));
            return new CommandOutcome.Rejected("charging already");
        };
        Assert.Equal(SessionStatus.Charging, (await host.Control.Start(lease.SessionId, None)).Value!.Status);
        station.Commands.Clear();
        Assert.Equal(SessionStatus.Charging, (await host.Control.Start(lease.SessionId, None)).Value!.Status);
        Assert.Empty(station.Commands);
    }

    [Fact]
    public async Task Unlock_OfARunningSession_IsRefusedUntilItsEndIsAskedFor()
    {
        var (station, sessionId, number) = await ChargingAsync();
        Assert.Equal(RefusalKind.IllegalTransition, (await host.Control.Unlock(station.StationId, 1, None)).Refusal!.Kind);
        await station.Grain.WantEnd(sessionId, "request");
        var unlocking = host.Control.Unlock(station.StationId, 1, None);
        await station.Grain.ChargingStopped(new ChargingStoppedFact($"{number}", null, null, 1500, Now, "Remote", null));
        Assert.NotNull((await unlocking).Value);
    }

    [Fact]
    public async Task Led_ThatTheStationLacks_IsRecordedAsDone()
    {
        var station = await host.StationAsync();
        station.React = (_, _) => Task.FromResult<CommandOutcome>(new CommandOutcome.Unsupported("no LEDs"));
        var led = (await host.Control.SetLed(station.StationId, "main", new LedState("flicker", "red", 3000), None)).Value!.Leds["main"];
        Assert.Equal(("unsupported", "no LEDs"), (led.Reached, led.Problem));
        await station.Grain.AcquireSlot(await host.CardAsync(), null);
        Assert.NotNull((await host.Control.Lock(station.StationId, 1, None)).Value);
    }

    [Theory]
    [InlineData("main", "dance", null, RefusalKind.Invalid)]
    [InlineData("main", "on", 0, RefusalKind.Invalid)]
    [InlineData("9", "on", null, RefusalKind.NotFound)]
    [InlineData("roof", "on", null, RefusalKind.NotFound)]
    public async Task Led_AskedForWrongly_IsRefusedAndNotSent(string led, string action, int? duration, RefusalKind kind)
    {
        var station = await host.StationAsync();
        Assert.Equal(kind, (await host.Control.SetLed(station.StationId, led, new LedState(action, "red", duration), None)).Refusal!.Kind);
        Assert.Empty(station.Commands.OfType<StationCommand.SetLed>());
    }

    [Fact]
    public async Task Wishes_MissedWhileAway_AreDeliveredOnReturn()
    {
        var station = await host.StationAsync(connected: false);
        Assert.Equal(RefusalKind.StationOffline, (await host.Control.SetLed(station.StationId, "main", new LedState("on", "red", null), None)).Refusal!.Kind);
        await host.Control.ReportIncident(station.StationId, new IncidentReport(2, "GroundFailure", null, null), null, None);

        host.Get<StationLinks>().Add(station);
        await station.Grain.Connected(station.LinkId, station.Protocol);
        await host.Control.DeliverAsync(station.StationId, None);

        Assert.Contains(new StationCommand.SetAvailability(2, false), station.Commands);
        Assert.Contains(new StationCommand.SetLed("main", "on", "red", null), station.Commands);

        // The server looks after the station at the same time: the later of the two may still be asking it.
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while ((await station.Grain.Get())!.Leds["main"].Reached is var reached and not "shown")
            Assert.False(patience.IsCancellationRequested, $"The main LED of {station.StationId} is not shown but {reached}.");
    }

    [Fact]
    public async Task Incident_ReportedAndClosed_TakesTheSlotOutAndBringsItBack()
    {
        var station = await host.StationAsync();
        var report = new IncidentReport(1, "GroundFailure", "earth", null);
        var ticket = (await host.Control.ReportIncident(station.StationId, report, "k", None)).Value!;
        Assert.Equal(1, (await host.Control.ReportIncident(station.StationId, report, "k", None)).Value!.Reports);
        Assert.Equal(2, (await host.Control.ReportIncident(station.StationId, report, "k2", None)).Value!.Reports);
        Assert.Equal(SlotStatus.OutOfOrder, (await station.Grain.Get())!.FindSlot(1)!.Status);

        var closed = (await host.Control.CloseTicket(station.StationId, ticket.Id, "dried", None)).Value!;
        Assert.Equal((TicketStatus.Closed, "dried"), (closed.Status, closed.Resolution));
        Assert.Equal(SlotStatus.Available, (await station.Grain.Get())!.FindSlot(1)!.Status);
        Assert.Contains(new StationCommand.SetAvailability(1, true), station.Commands);
    }

    [Fact]
    public async Task Payment_Refused_LeavesTheSessionUnpaidAndCanBeTriedAgain()
    {
        var account = $"acc-{Guid.NewGuid():N}";
        var ledger = host.Grains.GetGrain<IAccountGrain>(account);
        await ledger.SetTerms(new AccountTerms(AccountKind.Prepaid, "EUR"), null);
        var (station, sessionId, number) = await ChargingAsync(account);
        await station.Grain.ChargingStopped(new ChargingStoppedFact($"{number}", null, null, 2000, Now, "EVDisconnected", null));

        Assert.Equal(RefusalKind.PaymentRefused, (await host.Control.Pay(sessionId, None)).Refusal!.Kind);
        Assert.Equal(SessionStatus.Unpaid, (await station.Grain.GetSession(sessionId)).Value!.Status);
        Assert.Single(await host.EventsAsync(station.StationId, EventTypes.SessionUnpaid));
        Assert.NotNull((await host.Control.Unlock(station.StationId, 1, None)).Value);

        await ledger.Deposit(1000, "cash", null);
        Assert.Equal(SessionStatus.Paid, (await host.Control.Pay(sessionId, None)).Value!.Status);
        Assert.Equal(1000 - 179, (await ledger.Get())!.Balance);
    }

    [Fact]
    public async Task Payment_OfARunningSession_IsRefused()
    {
        var (_, sessionId, _) = await ChargingAsync();
        Assert.Equal(RefusalKind.IllegalTransition, (await host.Control.Pay(sessionId, None)).Refusal!.Kind);
    }

    [Fact]
    public async Task Verbs_OfASessionNobodyKnows_FindNothing()
    {
        Assert.Equal(RefusalKind.NotFound, (await host.Control.Start("s-0", None)).Refusal!.Kind);
        Assert.Equal(RefusalKind.NotFound, (await host.Control.End("s-0", None)).Refusal!.Kind);
        Assert.Equal(RefusalKind.NotFound, (await host.Control.Pay("s-0", None)).Refusal!.Kind);
    }

    private async Task<(FakeStation Station, string SessionId, int Number)> ChargingAsync(string? account = null)
    {
        var station = await host.StationAsync();
        var card = await host.CardAsync(account: account);
        var started = await station.Grain.ChargingStarted(new ChargingStartedFact(1, card, 1000, Now));
        return (station, started.SessionId!, started.TransactionNumber);
    }
}
