using System.Net;
using MQTTnet.Server;
using Voltwright.Jq;
using Voltwright.Simulator.Mqtt;

namespace Voltwright.EndToEnd;

/// <summary>Native stations at a broker that is not ours.</summary>
public sealed class ExternalBrokerTests
{
    [Fact]
    public async Task Station_AtABrokerOfTheOperators_IsHeardCommandedAndMissed()
    {
        var factory = new MqttServerFactory();
        var bound = factory.CreateServerOptionsBuilder().WithDefaultEndpoint().WithDefaultEndpointPort(0)
            .WithDefaultEndpointBoundIPAddress(IPAddress.Loopback).WithDefaultEndpointBoundIPV6Address(IPAddress.None).Build();
        using var broker = factory.CreateMqttServer(bound);
        await broker.StartAsync();
        var port = bound.DefaultEndpointOptions.Port;
        await using var system = await RunningSystem.StartAsync(
            withWorkflows: true, o => o with { MqttPort = null, MqttBroker = new Uri($"mqtt://127.0.0.1:{port}") });
        await system.AddCardAsync("TAG1");
        await system.RegisterAsync("IOT1", "mqtt", 1);
        var options = new MqttStationOptions { Id = "IOT1", Host = "127.0.0.1", Port = port, Slots = 1, BackOff = (TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1)) };
        await using var station = new MqttStation(options, new Simulator.SimulationClock(TimeProvider.System, 60));
        await station.StartAsync();

        await station.TapAsync("TAG1", 1);
        await system.SessionAsync("TAG1", "started");
        await system.EventuallyAsync("stations/IOT1", "a blue light", s => s["leds"]["1"]["reached"] == "shown");
        Assert.True((await system.GetAsync("stations/IOT1"))["connected"] == true);

        await station.CrashAsync();
        await system.EventuallyAsync("stations/IOT1", "missed", s => s["connected"] == false);
        await broker.StopAsync();
    }

    [Fact]
    public async Task Station_ThatIsNotRegistered_IsListedForAdmission()
    {
        var factory = new MqttServerFactory();
        var bound = factory.CreateServerOptionsBuilder().WithDefaultEndpoint().WithDefaultEndpointPort(0)
            .WithDefaultEndpointBoundIPAddress(IPAddress.Loopback).WithDefaultEndpointBoundIPV6Address(IPAddress.None).Build();
        using var broker = factory.CreateMqttServer(bound);
        await broker.StartAsync();
        var port = bound.DefaultEndpointOptions.Port;
        await using var system = await RunningSystem.StartAsync(false, o => o with { MqttPort = null, MqttBroker = new Uri($"mqtt://127.0.0.1:{port}") });
        await using var station = new MqttStation(
            new MqttStationOptions { Id = "NEW1", Host = "127.0.0.1", Port = port, Slots = 1 }, new Simulator.SimulationClock(TimeProvider.System, 60));
        await station.StartAsync();

        await station.TapAsync("TAG1", 1);

        await system.EventuallyAsync("candidates", "NEW1", c => c["items"].AsArray().Any(x => x["id"] == "NEW1"));
        await broker.StopAsync();
    }
}
