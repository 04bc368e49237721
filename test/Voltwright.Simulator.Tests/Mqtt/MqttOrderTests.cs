using System.Text.Json.Nodes;
using Voltwright.Simulator.Mqtt;

namespace Voltwright.Simulator.Tests.Mqtt;

public class MqttOrderTests
{
    [Fact]
    public async Task Start_OrderedBeforeTheCable_WaitsForItAndAStopForgetsIt()
    {
        await using var broker = await TestBroker.StartAsync();
        await using var station = new MqttStation(
            new MqttStationOptions { Id = "ST1", Host = "127.0.0.1", Port = broker.Port, Secret = "secret" });
        await station.StartAsync();

        await broker.CommandAsync("start-charging", new JsonObject { ["slotNumber"] = 1, ["sessionId"] = "S1", ["cardId"] = "TAG" });
        await broker.CommandAsync("stop-charging", new JsonObject { ["slotNumber"] = 1, ["sessionId"] = "S1" });
        await broker.CommandAsync("start-charging", new JsonObject { ["slotNumber"] = 2, ["sessionId"] = "S2", ["cardId"] = "TAG" });
        await station.PlugInAsync(2);

        var started = await broker.NextAsync("charging-started");
        Assert.Equal(2, started.GetProperty("data").GetProperty("slotNumber").GetInt32());
        Assert.Equal("S2", started.GetProperty("data").GetProperty("sessionId").GetString());
    }

    [Fact]
    public async Task Stop_OfAnotherSession_IsRejected()
    {
        await using var broker = await TestBroker.StartAsync();
        await using var station = new MqttStation(
            new MqttStationOptions { Id = "ST1", Host = "127.0.0.1", Port = broker.Port, Secret = "secret" });
        await station.StartAsync();
        await station.PlugInAsync(1);
        await broker.CommandAsync("start-charging", new JsonObject { ["slotNumber"] = 1, ["sessionId"] = "S1", ["cardId"] = "TAG" });
        await station.WaitForSlotSessionAsync(1);

        var other = await broker.CommandAsync("stop-charging", new JsonObject { ["slotNumber"] = 1, ["sessionId"] = "S9" });
        var again = await broker.CommandAsync(
            "start-charging", new JsonObject { ["slotNumber"] = 1, ["sessionId"] = "S1", ["cardId"] = "TAG" });

        Assert.Equal("slot 1 charges for session S1", other.GetProperty("reason").GetString());
        Assert.Equal("accepted", again.GetProperty("status").GetString());
    }

    [Fact]
    public async Task Lock_ThatIsJammed_IsRejected()
    {
        await using var broker = await TestBroker.StartAsync();
        await using var station = new MqttStation(
            new MqttStationOptions { Id = "ST1", Host = "127.0.0.1", Port = broker.Port, Secret = "secret" });
        await station.StartAsync();
        station.Jam(1);

        var reply = await broker.CommandAsync("lock-slot", new JsonObject { ["slotNumber"] = 1 });

        Assert.Equal(
            ("rejected", "the lock is jammed"), (reply.GetProperty("status").GetString(), reply.GetProperty("reason").GetString()));
    }
}
