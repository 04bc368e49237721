using System.Text.Json;
using System.Text.Json.Nodes;
using MQTTnet.Formatter;
using Voltwright.Simulator.Charging;
using Voltwright.Simulator.Mqtt;
using Voltwright.Simulator.State;

namespace Voltwright.Simulator.Tests.Mqtt;

public class MqttStationTests
{
    [Theory]
    [InlineData(MqttProtocolVersion.V500)]
    [InlineData(MqttProtocolVersion.V311)]
    public async Task Station_SwitchedOn_IntroducesItselfAsACloudEvent(MqttProtocolVersion version)
    {
        await using var broker = await TestBroker.StartAsync();
        await using var station = await StartAsync(broker, with: options => options with { Version = version });

        var booted = await broker.NextAsync("booted");

        Assert.Equal("1.0", booted.GetProperty("specversion").GetString());
        Assert.Equal("https://ev-power-supplier.com/stations/ST1", booted.GetProperty("source").GetString());
        Assert.Equal("ST1", booted.GetProperty("subject").GetString());
        Assert.Equal("VW-ST1", booted.GetProperty("data").GetProperty("serial").GetString());
        Assert.Equal("available", Text(await broker.NextAsync("slot-status"), "status"));
    }

    [Fact]
    public async Task Driver_FromTapToUnlock_IsToldAsEvents()
    {
        await using var broker = await TestBroker.StartAsync();
        await using var station = await StartAsync(broker, speed: 600);

        await station.TapAsync("TAG", 1);
        Assert.Equal("TAG", Text(await broker.NextAsync("card-scanned"), "cardId"));
        await AcceptedAsync(broker, "start-charging", new() { ["slotNumber"] = 1, ["sessionId"] = "S1", ["cardId"] = "TAG" });
        await station.PlugInAsync(1, new Vehicle());
        await AcceptedAsync(broker, "lock-slot", new() { ["slotNumber"] = 1 });
        await station.WaitForLockAsync(1, true);
        var started = await broker.NextAsync("charging-started");
        await station.WaitForEnergyAsync(1, 500);
        Assert.False(await station.UnplugAsync(1));
        var sample = await broker.NextAsync("meter-values", data => data.GetProperty("meterWh").GetInt64() > 1_000_000);
        await AcceptedAsync(broker, "stop-charging", new() { ["slotNumber"] = 1, ["sessionId"] = "S1" });
        var stopped = await broker.NextAsync("charging-stopped");
        await AcceptedAsync(broker, "unlock-slot", new() { ["slotNumber"] = 1 });
        await station.WaitForLockAsync(1, false);

        Assert.Equal(("S1", 1_000_000), (Text(started, "sessionId"), started.GetProperty("data").GetProperty("meterStartWh").GetInt64()));
        Assert.InRange(sample.GetProperty("data").GetProperty("powerW").GetInt32(), 1, 11_000);
        Assert.Equal(("S1", "Remote"), (Text(stopped, "sessionId"), Text(stopped, "reason")));
        Assert.Equal(station.State.Slot(1).MeterWh, stopped.GetProperty("data").GetProperty("meterStopWh").GetInt64());
        Assert.True(await station.UnplugAsync(1));
        await broker.NextAsync("slot-status", data => data.GetProperty("status").GetString() == "available");
        Assert.Empty(station.Traffic.Violations);
    }

    [Fact]
    public async Task Led_Set_IsSeenAndAcknowledged()
    {
        await using var broker = await TestBroker.StartAsync();
        await using var station = await StartAsync(broker);
        var seen = station.WaitForLedAsync("1", led => led.Action == "flicker");

        await AcceptedAsync(broker, "set-led", new() { ["led"] = "1", ["action"] = "flicker", ["color"] = "red", ["durationMs"] = 3000 });

        Assert.Equal(new LedState("flicker", "red", 3000), await seen);
    }

    [Theory]
    [InlineData("set-led", """{"led":"7","action":"on"}""", "rejected")]
    [InlineData("set-led", """{"led":"main"}""", "rejected")]
    [InlineData("lock-slot", """{"slotNumber":7}""", "rejected")]
    [InlineData("lock-slot", "{}", "rejected")]
    [InlineData("start-charging", """{"slotNumber":1}""", "rejected")]
    [InlineData("set-power-limit", """{"slotNumber":1,"limitW":-1}""", "rejected")]
    [InlineData("set-power-limit", """{"slotNumber":1,"limitW":4000}""", "accepted")]
    [InlineData("dance", "{}", "unsupported")]
    public async Task Command_GoodOrNot_IsRepliedTo(string type, string data, string status)
    {
        await using var broker = await TestBroker.StartAsync();
        await using var station = await StartAsync(broker);

        var reply = await broker.CommandAsync(type, JsonNode.Parse(data)!.AsObject());

        Assert.Equal(status, reply.GetProperty("status").GetString());
        Assert.Equal(status != "accepted", reply.TryGetProperty("reason", out _));
    }

    [Fact]
    public async Task Command_ThatIsNotJson_DoesNoHarm()
    {
        await using var broker = await TestBroker.StartAsync();
        await using var station = await StartAsync(broker);

        await broker.SendAsync("{"u8.ToArray());

        await AcceptedAsync(broker, "reset", new() { ["kind"] = "soft" });
        Assert.Single(station.Traffic.Violations);
    }

    [Fact]
    public async Task Fault_AndRecovery_AreTold()
    {
        await using var broker = await TestBroker.StartAsync();
        await using var station = await StartAsync(broker);

        await station.FaultAsync(1, "GroundFailure", "relay stuck");
        var fault = await broker.NextAsync("faulted");
        await station.RecoverAsync(1);
        await station.OpenDoorAsync();

        Assert.Equal("GroundFailure", fault.GetProperty("data").GetProperty("error").GetProperty("code").GetString());
        await broker.NextAsync("recovered");
        await broker.NextAsync("door-opened");
    }

    [Fact]
    public async Task Station_ThatCrashed_LeavesItsWillAndComesBackWithItsEvents()
    {
        await using var broker = await TestBroker.StartAsync();
        // Long enough for the broker to see that it is gone: a station that is back before has left no will.
        await using var station = await StartAsync(broker, with: o => o with { BackOff = (TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1)) });

        await station.CrashAsync();
        await station.TapAsync("TAG");

        await broker.NextAsync("disconnected");
        Assert.Equal("TAG", Text(await broker.NextAsync("card-scanned"), "cardId"));
    }

    [Fact]
    public async Task Station_Offline_KeepsItsEvents()
    {
        await using var broker = await TestBroker.StartAsync();
        await using var station = await StartAsync(broker);
        await station.GoOfflineAsync();
        await station.WaitForConnectionAsync(false);

        await station.TapAsync("ONE");
        await station.TapAsync("TWO");
        await station.GoOnlineAsync();

        Assert.Equal("ONE", Text(await broker.NextAsync("card-scanned"), "cardId"));
        Assert.Equal("TWO", Text(await broker.NextAsync("card-scanned"), "cardId"));
    }

    [Fact]
    public async Task Station_ThatRepeatsItself_PublishesOneEventTwice()
    {
        await using var broker = await TestBroker.StartAsync();
        await using var station = await StartAsync(broker, with: options => options with { RepeatsEvents = true });

        await station.TapAsync("TAG");

        var (first, second) = (await broker.NextAsync("card-scanned"), await broker.NextAsync("card-scanned"));
        Assert.Equal(first.GetRawText(), second.GetRawText());
    }

    static async Task<MqttStation> StartAsync(
        TestBroker broker, double speed = 1, Func<MqttStationOptions, MqttStationOptions>? with = null)
    {
        var options = new MqttStationOptions
        {
            Id = "ST1",
            Host = "127.0.0.1",
            Port = broker.Port,
            Secret = "secret",
            BackOff = (TimeSpan.FromMilliseconds(10), TimeSpan.FromMilliseconds(100)),
            Reaction = TimeSpan.FromMilliseconds(1),
        };
        var station = new MqttStation(with?.Invoke(options) ?? options, new SimulationClock(TimeProvider.System, speed));
        await station.StartAsync();
        return station;
    }

    static async Task AcceptedAsync(TestBroker broker, string type, JsonObject data)
    {
        var reply = await broker.CommandAsync(type, data);
        Assert.True(reply.GetProperty("status").GetString() == "accepted", reply.GetRawText());
    }

    static string? Text(JsonElement said, string name) => said.GetProperty("data").GetProperty(name).GetString();
}
