using Voltwright.Server.Console.Overview;
using Voltwright.Server.Console.Stations;
using Voltwright.Stations;

namespace Voltwright.Console.Tests.Pages;

public sealed class FleetTests(SharedHouse shared) : IClassFixture<SharedHouse>
{
    private readonly House _house = shared.House;

    [Fact]
    public async Task Look_AfterARegistrationAndAnEvent_SeesBoth()
    {
        var fleet = _house.Get<Fleet>();
        await fleet.LookAsync(CancellationToken.None);
        await _house.RegisterAsync("F1", "First of the harbour");
        var seen = (await fleet.LookAsync(CancellationToken.None)).Stations.Single(s => s.Id == "F1");
        Assert.Equal(("offline", 2, false), (seen.State, seen.Slots.Count, seen.Connected));

        var grain = _house.Get<IGrainFactory>().GetGrain<IStationGrain>("F1");
        await grain.Connected("link", "ocpp1.6");
        await grain.SlotStatusReported(new SlotStatusFact(1, "faulted", "GroundFailure", null, null, _house.Get<TimeProvider>().GetUtcNow()));
        seen = (await fleet.LookAsync(CancellationToken.None)).Stations.Single(s => s.Id == "F1");
        Assert.Equal(("faulted", true, "faulted"), (seen.State, seen.Connected, seen.Slots[0]));
    }

    [Fact]
    public async Task Look_AfterAPaidSession_CountsItsRevenue()
    {
        var fleet = _house.Get<Fleet>();
        await _house.RegisterAsync("F2");
        await _house.AddCardAsync("PAYER");
        await fleet.LookAsync(CancellationToken.None);
        var grain = _house.Get<IGrainFactory>().GetGrain<IStationGrain>("F2");
        var now = _house.Get<TimeProvider>().GetUtcNow();
        await grain.Connected("link", "ocpp1.6");
        var started = await grain.ChargingStarted(new ChargingStartedFact(1, "PAYER", 0, now, "t1"));
        await grain.MeterReported(new MeterFact(1, "t1", [new MeterSample(now, 500, 7_000)]));
        var charging = await fleet.LookAsync(CancellationToken.None);
        Assert.Equal((1, 7_000L), (charging.Charging, charging.PowerW));
        await grain.ChargingStopped(new ChargingStoppedFact("t1", 1, started.SessionId, 10_000, now.AddMinutes(1), "Local", null));
        var paid = await _house.EventuallyAsync("/api/v2/sessions?cardId=PAYER&status=paid", s => s["items"].AsArray().Count == 1);
        Assert.True(paid["items"][0]["payment"]["amount"].TryGetInt64(out var amount));
        var after = await fleet.LookAsync(CancellationToken.None);
        Assert.Equal((amount, 0L), (after.RevenueToday["EUR"], after.PowerW));
        using var fresh = new Fleet(_house.Get<Storage.IStore>(), _house.Get<TimeProvider>());
        Assert.Equal(amount, (await fresh.LookAsync(CancellationToken.None)).RevenueToday["EUR"]);

        // As after a crash: the ledger has taken it, and the session is told to be paid afterwards.
        var told = (await _house.Get<Storage.IStore>().FindEventsAsync(new("F2", [Events.EventTypes.SessionPaid]), null, 1))[0].Envelope;
        await _house.Get<Storage.IStore>().CommitAsync(new() { Events = [Jq.JsonValue.Parse($"{told}".Replace($"{told["id"]}", "\"again\"", StringComparison.Ordinal))] });
        Assert.Equal(amount, (await fresh.LookAsync(CancellationToken.None)).RevenueToday["EUR"]);
    }

    [Theory]
    [InlineData("", "", "", true)]
    [InlineData("harb", "", "", true)]
    [InlineData("PIER", "", "", true)]
    [InlineData("wall", "", "", true)]
    [InlineData("nowhere", "", "", false)]
    [InlineData("", "charging", "", true)]
    [InlineData("", "offline", "", false)]
    [InlineData("harb", "charging", "mqtt", false)]
    public void Filter_OnAStation_TakesWhatFitsAll(string text, string state, string protocol, bool taken)
    {
        var station = new FleetStation("harbour-1", "Pier two", "ocpp1.6", "charging", true, ["charging"], 1, 1, 7000, 0, null, "Wallbox");
        Assert.Equal(taken, new StationFilter(text, state, protocol, "", 1).Takes(station));
    }

    [Fact]
    public void Filter_AsAnAddress_KeepsItsWordsApart() =>
        Assert.Equal("/stations?q=a%26b%3D&state=&protocol=&site=&page=2", new StationFilter("a&b=", "", "", "", 1).UrlOf(2));
}
