using Voltwright.Stations;

namespace Voltwright.Tests.Stations;

public sealed class StationTests
{
    [Theory]
    [InlineData("", "ocpp1.6", 1, "id")]
    [InlineData("a/b", "ocpp1.6", 1, "id")]
    [InlineData("CP1", "ocpp9", 1, "protocol")]
    [InlineData("CP1", "mqtt", 0, "slots")]
    [InlineData("CP1", "mqtt", 65, "slots")]
    public void Registration_WithAMistake_IsRefusedByName(string id, string protocol, int slots, string named)
    {
        var refusal = Station.Register(new StationRegistration(id, protocol, slots, "s"), Desk.Noon).Refusal!;
        Assert.Equal(RefusalKind.Invalid, refusal.Kind);
        Assert.StartsWith(named, refusal.Detail);
    }

    [Fact]
    public void Change_OfSlots_KeepsWhatIsThere()
    {
        var desk = new Desk(slots: 1);
        desk.Acquire("A");
        var grown = desk.Station.Change(new StationChange("Yard", null, 3)).Value!;
        Assert.Equal([SlotStatus.Leased, SlotStatus.Available, SlotStatus.Available], grown.Slots.Select(s => s.Status));
        Assert.Equal("Yard", grown.Name);
    }

    [Fact]
    public void Change_ThatWouldDropABusySlot_IsRefused()
    {
        var desk = new Desk();
        desk.Acquire("A");
        desk.Acquire("B");
        Assert.Equal(RefusalKind.IllegalTransition, desk.Station.Change(new StationChange(null, null, 1)).Refusal!.Kind);
    }

    [Fact]
    public void Station_WrittenAndRead_IsTheSame()
    {
        var desk = new Desk();
        desk.Tap("A");
        desk.Acquire("A");
        desk.Start(1, "A");
        desk.Status(2, "faulted", "GroundFailure");
        desk.Report(2, "GroundFailure");
        var json = DomainJson.Write(desk.Station, DomainJson.Default.Station);
        Assert.Equal(json, DomainJson.Write(DomainJson.Read(json, DomainJson.Default.Station), DomainJson.Default.Station));
        var shown = Voltwright.Jq.JsonValue.Parse(json.AsSpan());
        Assert.Equal("charging", shown["slots"][0]["status"]);
        Assert.Equal("out-of-order", shown["slots"][1]["status"]);
        Assert.Equal("offline", shown["status"]);
    }

    [Fact]
    public void Led_WhoseTimeIsOver_ShowsWhatItShowedBefore()
    {
        var blue = Led.Wanted(new LedState("on", "blue", null), null, Desk.Noon);
        var red = Led.Wanted(new LedState("flicker", "red", 3000), blue, Desk.Noon);
        Assert.Equal("red", red.AsOf(Desk.Noon.AddSeconds(2)).Color);
        Assert.Equal(("on", "blue"), (red.AsOf(Desk.Noon.AddSeconds(3)).Action, red.AsOf(Desk.Noon.AddSeconds(3)).Color));
        var again = Led.Wanted(new LedState("flicker", "white", 1000), red, Desk.Noon.AddSeconds(5));
        Assert.Equal("blue", again.Before!.Color);
    }

    [Fact]
    public void Credential_OfASecret_MatchesThatSecretOnly()
    {
        var credential = Credential.Of("right", Desk.Noon);
        Assert.True(credential.Matches("right"));
        Assert.False(credential.Matches("wrong"));
        Assert.DoesNotContain("right", credential.Hash);
        Assert.NotEqual(credential.Hash, Credential.Of("right", Desk.Noon).Hash);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(60 * 24 * 8)]
    public void Options_OutOfRange_AreRefused(int minutes) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new ChargingOptions { LeaseDuration = TimeSpan.FromMinutes(minutes) }.Validated());
}
