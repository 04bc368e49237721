using Voltwright.Ocpp.V16;
using Voltwright.Ocpp.V16.Types;
using Voltwright.Simulator.Charging;
using Voltwright.Simulator.Ocpp;
using Voltwright.Simulator.State;

namespace Voltwright.Simulator.Tests.Ocpp;

public class OcppStationTests
{
    const string Id = "CP 1";

    [Fact]
    public async Task Station_SwitchedOn_BootsAndTellsItsStatus()
    {
        await using var csms = new TestCsms();
        await using var station = await StartAsync(csms);

        Assert.Equal("Voltwright", (await csms.NextAsync<BootNotificationRequest>()).ChargePointVendor);
        foreach (var connector in new[] { 0, 1, 2 })
            Assert.Equal((connector, ChargePointStatus.Available), Of(await csms.NextAsync<StatusNotificationRequest>()));
        Assert.Equal($"{Id}:secret", csms.Credentials);
        await csms.NextAsync<HeartbeatRequest>();
    }

    [Fact]
    public async Task Station_ToldToWait_BootsAgainUntilAccepted()
    {
        await using var csms = new TestCsms();
        csms.Registrations.Clear();
        foreach (var status in new[] { RegistrationStatus.Pending, RegistrationStatus.Rejected, RegistrationStatus.Accepted })
            csms.Registrations.Enqueue(status);

        await using var station = await StartAsync(csms);

        Assert.Equal(3, csms.Everything.OfType<BootNotificationRequest>().Count());
        Assert.DoesNotContain(csms.Everything.Take(3), said => said is not BootNotificationRequest);
    }

    [Fact]
    public async Task Driver_TapsThenPlugsInThenTaps_ChargesWithIntegerEnergy()
    {
        await using var csms = new TestCsms();
        await using var station = await StartAsync(csms, speed: 600);

        Assert.Equal(new TapResult.Decided("Accepted"), await station.TapAsync("TAG"));
        await station.PlugInAsync(1, new Vehicle(CapacityWh: 60_000, SocPercent: 20, MaxPowerW: 11_000));
        var start = await csms.NextAsync<StartTransactionRequest>();
        await station.WaitForEnergyAsync(1, 1000);
        Assert.Equal(new TapResult.Stopped(1), await station.TapAsync("tag"));
        var stop = await csms.NextAsync<StopTransactionRequest>();

        Assert.Equal((1, "TAG", 1_000_000), (start.ConnectorId, start.IdTag, start.MeterStart));
        Assert.Equal((1, Reason.Local), (stop.TransactionId, stop.Reason));
        Assert.Equal(station.State.Slot(1).MeterWh, stop.MeterStop);
        var hours = (stop.Timestamp - start.Timestamp).TotalHours;
        Assert.InRange((stop.MeterStop - start.MeterStart) / hours, 5_000, 11_000);
        Assert.Equal(
            [ReadingContext.TransactionBegin, ReadingContext.TransactionEnd],
            stop.TransactionData!.Select(sample => sample.SampledValue[0].Context!.Value));
        Assert.All(Registers(csms).Zip(Registers(csms).Skip(1)), pair => Assert.True(pair.First <= pair.Second));
        Assert.True(await station.UnplugAsync(1));
        await csms.NextAsync<StatusNotificationRequest>(said => Of(said) == (1, ChargePointStatus.Available));
        Assert.Equal(
            [
                ChargePointStatus.Available, ChargePointStatus.Preparing, ChargePointStatus.Charging,
                ChargePointStatus.Finishing, ChargePointStatus.Available,
            ],
            csms.Everything.OfType<StatusNotificationRequest>().Where(said => said.ConnectorId == 1).Select(said => said.Status));
        Assert.Empty(station.Traffic.Violations);
    }

    [Fact]
    public async Task Driver_PlugsInThenTaps_Charges()
    {
        await using var csms = new TestCsms();
        await using var station = await StartAsync(csms);

        await station.PlugInAsync(2);
        await station.TapAsync("TAG");

        Assert.Equal(2, (await csms.NextAsync<StartTransactionRequest>()).ConnectorId);
        await station.WaitForLockAsync(2, true);
    }

    [Fact]
    public async Task Driver_WithABlockedCard_IsTurnedAway()
    {
        await using var csms = new TestCsms { Decide = _ => AuthorizationStatus.Blocked };
        await using var station = await StartAsync(csms);
        await station.PlugInAsync(1);

        Assert.Equal(new TapResult.Decided("Blocked"), await station.TapAsync("TAG"));

        Assert.Equal(SlotStatus.Preparing, station.State.Slot(1).Status);
    }

    [Fact]
    public async Task Driver_UnplugsWhileCharging_EndsTheTransaction()
    {
        await using var csms = new TestCsms();
        await using var station = await StartAsync(csms);
        await station.PlugInAsync(1);
        await station.TapAsync("TAG");

        await station.UnplugAsync(1);

        var stop = await csms.NextAsync<StopTransactionRequest>();
        Assert.Equal((Reason.EVDisconnected, null), (stop.Reason, stop.IdTag));
    }

    [Fact]
    public async Task Card_FoundInvalidAtStart_EndsTheTransaction()
    {
        await using var csms = new TestCsms();
        await using var station = await StartAsync(csms);
        await station.TapAsync("TAG");
        csms.Decide = _ => AuthorizationStatus.Invalid;

        await station.PlugInAsync(1);

        await csms.NextAsync<StartTransactionRequest>();
        Assert.Equal(Reason.DeAuthorized, (await csms.NextAsync<StopTransactionRequest>()).Reason);
    }

    [Fact]
    public async Task Battery_Full_SuspendsTheCharging()
    {
        await using var csms = new TestCsms();
        await using var station = await StartAsync(csms, speed: 1200);
        await station.PlugInAsync(1, new Vehicle(CapacityWh: 500, SocPercent: 90));
        await station.TapAsync("TAG");

        await station.WaitForStatusAsync(1, SlotStatus.SuspendedByCar);

        Assert.Equal(1_000_050, station.State.Slot(1).MeterWh);
    }

    [Fact]
    public async Task Fault_AtAConnector_EndsItsTransactionAndIsTold()
    {
        await using var csms = new TestCsms();
        await using var station = await StartAsync(csms);
        await station.PlugInAsync(1);
        await station.TapAsync("TAG");
        await csms.NextAsync<StartTransactionRequest>();

        await station.FaultAsync(1, "GroundFailure", "relay stuck", "E17");

        await csms.NextAsync<StopTransactionRequest>();
        var fault = await csms.NextAsync<StatusNotificationRequest>(
            said => said.Status == ChargePointStatus.Faulted && said.Info is not null);
        Assert.Equal((ChargePointErrorCode.GroundFailure, "relay stuck", "E17"), (fault.ErrorCode, fault.Info, fault.VendorErrorCode));
        await station.RecoverAsync(1);
        await csms.NextAsync<StatusNotificationRequest>(
            said => said is { Status: ChargePointStatus.Preparing, ErrorCode: ChargePointErrorCode.NoError });
    }

    [Fact]
    public async Task Station_WithAWrongSecret_SaysWhyItCannotStart()
    {
        await using var csms = new TestCsms();
        await using var station = new OcppStation(new OcppStationOptions { Id = Id, Endpoint = csms.Endpoint, Secret = "wrong" });
        using var giveUp = new CancellationTokenSource();
        var starting = station.StartAsync(giveUp.Token);

        await giveUp.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => starting);
    }

    internal static async Task<OcppStation> StartAsync(
        TestCsms csms, double speed = 1, Func<OcppStationOptions, OcppStationOptions>? with = null)
    {
        var options = new OcppStationOptions
        {
            Id = Id,
            Endpoint = csms.Endpoint,
            Secret = "secret",
            BackOff = (TimeSpan.FromMilliseconds(10), TimeSpan.FromMilliseconds(100)),
            Reaction = TimeSpan.FromMilliseconds(1),
        };
        var station = new OcppStation(with?.Invoke(options) ?? options, new SimulationClock(TimeProvider.System, speed));
        await station.StartAsync();
        return station;
    }

    static (int, ChargePointStatus) Of(StatusNotificationRequest said) => (said.ConnectorId, said.Status);

    static IEnumerable<long> Registers(TestCsms csms) => csms.Everything.OfType<MeterValuesRequest>()
        .Select(said => long.Parse(said.MeterValue[0].SampledValue[0].Value, System.Globalization.CultureInfo.InvariantCulture));
}
