using Voltwright.Simulator;
using Voltwright.Simulator.State;

namespace Voltwright.EndToEnd;

public sealed class CardTapTests
{
    [Theory]
    [InlineData("ocpp1.6")]
    [InlineData("ocpp2.0.1")]
    [InlineData("ocpp2.1")]
    [InlineData("mqtt")]
    public async Task FirstTap_ThenSecondTap_ChargesBillsAndUnlocks(string protocol)
    {
        await using var system = await RunningSystem.StartAsync();
        await system.AddCardAsync("TAG1");
        var station = await system.AddStationAsync("CP1", protocol);
        await station.PlugInAsync(1);
        var blue = station.WaitForLedColorAsync("1", "blue");

        await station.TapAsync("TAG1", 1);
        await blue;
        await station.WaitForEnergyAsync(1, 200);
        await PauseAsync();
        var white = station.WaitForLedColorAsync("1", "white");
        await station.TapAsync("TAG1", 1);
        await white;

        var session = await system.SessionAsync("TAG1", "paid");
        await station.WaitForLockAsync(1, false);
        Bill.AssertRight(session, station.State.Slot(1).MeterWh - 1_000_000);
        var payments = await system.GetAsync($"payments?sessionId={session["id"].AsString()}");
        Assert.Equal(session["price"]["amount"], payments["items"][0]["amount"]);
        Assert.Single(payments["items"].AsArray());
        Assert.Empty(station.Traffic.Violations);
    }

    [Fact]
    public async Task Led_OfASlotWhoseSessionEnded_IsDarkAfterTheFarewell()
    {
        await using var system = await RunningSystem.StartAsync();
        await system.AddCardAsync("TAG1");
        var station = await system.AddNativeStationAsync("CP1");
        await station.PlugInAsync(1);
        var blue = station.WaitForLedColorAsync("1", "blue");
        await station.TapAsync("TAG1", 1);
        await blue;
        await station.WaitForEnergyAsync(1, 100);
        await PauseAsync();
        var white = station.WaitForLedColorAsync("1", "white");

        await station.TapAsync("TAG1", 1);

        await white;
        await system.SessionAsync("TAG1", "paid");
        await system.EventuallyAsync("stations/CP1", "LED 1 off", s => s["leds"]["1"]["action"] == "off");
    }

    [Fact]
    public async Task Tap_OfAStationThatLeavesStoppingToTheSystem_EndsTheSession()
    {
        await using var system = await RunningSystem.StartAsync();
        await system.AddCardAsync("TAG1");
        var station = await system.AddOcppStationAsync("CP1", 2, o => o with { StopsLocally = false, StartsLocally = false });
        await station.PlugInAsync(1);
        await station.TapAsync("TAG1", 1);
        await station.WaitForEnergyAsync(1, 100);
        await PauseAsync();
        await station.TapAsync("TAG1", 1);

        var session = await system.SessionAsync("TAG1", "paid");
        Bill.AssertRight(session, station.State.Slot(1).MeterWh - 1_000_000);
    }

    [Fact]
    public async Task Tap_OfABlockedCard_IsRefusedAtOnceAndLeadsToNothing()
    {
        await using var system = await RunningSystem.StartAsync();
        await system.AddCardAsync("TAG1");
        var station = await system.AddOcppStationAsync("CP1");
        await system.SendAsync(HttpMethod.Patch, "cards/TAG1", """{"status":"blocked"}""");

        Assert.Equal(new TapResult.Decided("Blocked"), await station.TapAsync("TAG1", 1));
        Assert.Equal(new TapResult.Decided("Invalid"), await station.TapAsync("NOBODY", 1));

        Assert.Empty((await system.GetAsync("sessions"))["items"].AsArray());
    }

    [Fact]
    public async Task TwoCards_ForTheLastFreeSlot_OneGetsItAndTheOtherSeesRed()
    {
        await using var system = await RunningSystem.StartAsync();
        await system.AddCardAsync("TAG1");
        await system.AddCardAsync("TAG2");
        var station = await system.AddOcppStationAsync("CP1", 1, o => o with { StartsLocally = false });
        var red = station.WaitForLedColorAsync("main", "red");
        var blue = station.WaitForLedColorAsync("1", "blue");

        await Task.WhenAll(station.TapAsync("TAG1"), station.TapAsync("TAG2"));

        await red;
        await blue;
        var sessions = await system.GetAsync("sessions");
        Assert.Single(sessions["items"].AsArray());
    }

    [Fact]
    public async Task Payment_Refused_ReleasesTheCableAndOpensATicket()
    {
        await using var system = await RunningSystem.StartAsync();
        await system.SendAsync(HttpMethod.Put, "accounts/poor", """{"kind":"prepaid","currency":"EUR"}""");
        await system.AddCardAsync("TAG1", "poor");
        var station = await system.AddOcppStationAsync("CP1");
        await station.PlugInAsync(1);
        await station.TapAsync("TAG1", 1);
        await station.WaitForEnergyAsync(1, 100);
        var white = station.WaitForLedColorAsync("1", "white");
        await station.TapAsync("TAG1", 1);
        await white;

        var session = await system.SessionAsync("TAG1", "unpaid");
        await station.WaitForLockAsync(1, false);
        Assert.True(await station.UnplugAsync(1));
        var tickets = await system.EventuallyAsync("tickets", "a ticket", t => t["items"].AsArray().Count > 0);
        Assert.Equal(("payment-refused", session["id"]), (tickets["items"][0]["code"].AsString(), tickets["items"][0]["sessionId"]));
        Assert.Single(tickets["items"].AsArray());
    }

    [Fact]
    public async Task Event_OfNoDefinedBehaviour_EndsItsRunAsUnsupported()
    {
        await using var system = await RunningSystem.StartAsync();
        var station = await system.AddNativeStationAsync("CP1");

        await station.OpenDoorAsync();

        var runs = await system.EventuallyAsync("runs?status=faulted", "a faulted run", r => r["items"].AsArray().Count > 0);
        var run = Assert.Single(runs["items"].AsArray());
        Assert.Equal("managing-ev-charging-stations", run["workflow"]["name"].AsString());
        Assert.Equal(("Unsupported Event", 400), (run["error"]["title"].AsString(), (int)run["error"]["status"].AsDouble()));
    }

    [Fact]
    public async Task Fault_Reported_OpensOneTicketAndTakesTheSlotOutOfOrder()
    {
        await using var system = await RunningSystem.StartAsync();
        var station = await system.AddOcppStationAsync("CP1");
        var red = station.WaitForLedColorAsync("main", "red");

        await station.FaultAsync(1, "GroundFailure");
        await station.FaultAsync(1, "GroundFailure");
        await red;

        var ticket = (await system.EventuallyAsync("tickets", "a ticket", t => t["items"].AsArray().Count > 0))["items"];
        Assert.Single(ticket.AsArray());
        Assert.Equal("GroundFailure", ticket[0]["code"].AsString());
        await system.EventuallyAsync("stations/CP1", "slot 1 out of order", s => s["slots"][0]["status"] == "out-of-order");
    }

    /// <summary>The same card within three seconds is the same tap.</summary>
    private static Task PauseAsync() => Task.Delay(TimeSpan.FromSeconds(3.1), TimeProvider.System);
}
