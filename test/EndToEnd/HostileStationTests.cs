using System.Net.WebSockets;

namespace Voltwright.EndToEnd;

/// <summary>Whatever a station sends, it gets the right error, nothing is stored, and everybody else is served.</summary>
public sealed class HostileStationTests
{
    [Theory]
    [InlineData("CP1", "wrong")]
    [InlineData("NOBODY", RunningSystem.Secret)]
    public async Task Stranger_AtTheDoor_IsRefused(string id, string secret)
    {
        await using var system = await RunningSystem.StartAsync();
        await system.RegisterAsync("CP1", "ocpp1.6", 1);

        await Assert.ThrowsAsync<WebSocketException>(() => RawStation.ConnectAsync(system.Ocpp, id, secret));
    }

    [Fact]
    public async Task UnknownStation_ThatKnocked_IsListedForAdmission()
    {
        await using var system = await RunningSystem.StartAsync();
        await Assert.ThrowsAsync<WebSocketException>(() => RawStation.ConnectAsync(system.Ocpp, "NEW1", "any"));

        await system.EventuallyAsync("candidates", "NEW1", c => c["items"].AsArray().Any(x => x["id"] == "NEW1"));
        var admitted = await system.AddRawStationAsync("NEW1");

        await admitted.CallAsync("Heartbeat", "{}");
        Assert.Empty((await system.GetAsync("candidates"))["items"].AsArray());
    }

    [Fact]
    public async Task Command_FromAnOperator_ReturnsTheStationsAnswer()
    {
        await using var system = await RunningSystem.StartAsync();
        var station = await system.AddRawStationAsync("CP1");
        await system.EventuallyAsync("stations/CP1", "connected", s => s["connected"] == true);

        var answer = await system.PostAsync(
            "stations/CP1/commands", """{"action":"TriggerMessage","payload":{"connectorId":1,"requestedMessage":"StatusNotification"}}""");

        Assert.Equal("Accepted", answer["answer"]["status"].AsString());
        var (action, payload) = station.Asked.Last();
        Assert.Equal(("TriggerMessage", """{"requestedMessage":"StatusNotification","connectorId":1}"""), (action, payload.ToString()));
    }
}
