using Microsoft.Extensions.Time.Testing;
using Voltwright.Gateway.Native;
using Voltwright.Jq;
using Voltwright.Stations;

namespace Voltwright.Tests.Gateway;

public sealed class NativeEventsTests
{
    private const string Prefix = "com.ev-power-supplier.charging-station.";
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly FakeStation _station = new("M1");

    [Fact]
    public async Task CardScanned_ByAReader_IsATapWithTheEventsId()
    {
        Assert.Empty(await TakeAsync("card-scanned", """{"cardId":"TAG1","slotNumber":2}"""));

        Assert.Equal(new CardFact("TAG1", 2, "reader", false, Now.AddSeconds(-1), "e-1"), _station.Single<CardFact>());
    }

    [Fact]
    public async Task SlotStatus_WithError_CarriesCodeAndLock()
    {
        Assert.Empty(await TakeAsync(
            "slot-status", """{"slotNumber":1,"status":"charging","locked":true,"error":{"code":"Warm","info":"60 °C"}}"""));

        Assert.Equal(
            new SlotStatusFact(1, "charging", "Warm", "60 °C", null, Now.AddSeconds(-1), true, "e-1"), _station.Single<SlotStatusFact>());
    }

    [Fact]
    public async Task Faulted_WithoutSlot_ConcernsTheStation()
    {
        Assert.Empty(await TakeAsync("faulted", """{"error":{"code":"GroundFailure","vendorCode":"E7"}}"""));

        var fact = _station.Single<SlotStatusFact>();
        Assert.Equal((null, "faulted", "GroundFailure", "E7"), (fact.Slot, fact.Status, fact.Error, fact.VendorCode));
    }

    [Fact]
    public async Task ChargingLife_FromStartToStop_IsToldInFacts()
    {
        await TakeAsync(
            "charging-started", """{"slotNumber":1,"sessionId":"s-1","cardId":"TAG1","meterStartWh":100,"at":"2026-03-01T11:00:00Z"}""");
        await TakeAsync("meter-values", """{"slotNumber":1,"sessionId":"s-1","meterWh":600,"powerW":7400,"at":"2026-03-01T11:30:00Z"}""");
        await TakeAsync(
            "charging-stopped", """{"slotNumber":1,"sessionId":"s-1","meterStopWh":1100,"reason":"Remote","at":"2026-03-01T11:45:00Z"}""");

        Assert.Equal(new ChargingStartedFact(1, "TAG1", 100, Now.AddHours(-1), "s-1", "s-1"), _station.Single<ChargingStartedFact>());
        Assert.Equal(new MeterSample(Now.AddMinutes(-30), 600, 7400), _station.Single<MeterFact>().Samples.Single());
        Assert.Equal(
            new ChargingStoppedFact("s-1", 1, null, 1100, Now.AddMinutes(-15), "Remote", null), _station.Single<ChargingStoppedFact>());
    }

    [Theory]
    [InlineData("booted", """{"vendor":"Acme","model":"M"}""")]
    [InlineData("recovered", """{"slotNumber":1}""")]
    [InlineData("door-opened", """{"door":"front"}""")]
    public async Task Event_OfItsKind_IsToldOnce(string type, string data)
    {
        Assert.Empty(await TakeAsync(type, data));

        Assert.Single(_station.Told);
    }

    [Fact]
    public async Task LastWill_OfAStation_AddsNothingToTheLostConnection()
    {
        Assert.Empty(await TakeAsync("disconnected", "{}"));

        Assert.Empty(_station.Told);
    }

    [Theory]
    [InlineData("card-scanned", "{}", "data.cardId")]
    [InlineData("card-scanned", """{"cardId":7}""", "data.cardId")]
    [InlineData("card-scanned", """{"cardId":"T","slotNumber":0}""", "data.slotNumber")]
    [InlineData("card-scanned", """{"cardId":"T","stationId":"M2"}""", "data.stationId")]
    [InlineData("slot-status", """{"slotNumber":1,"status":"sleeping"}""", "data.status")]
    [InlineData("faulted", """{"error":"broken"}""", "data.error")]
    [InlineData("charging-started", """{"slotNumber":1,"cardId":"T","meterStartWh":-1}""", "data.meterStartWh")]
    [InlineData("charging-stopped", """{"slotNumber":1,"meterStopWh":1.5}""", "data.meterStopWh")]
    [InlineData("meter-values", """{"slotNumber":1,"meterWh":1,"at":"2099-01-01T00:00:00Z"}""", "data.at")]
    [InlineData("session-ended", "{}", "type")]
    public async Task Event_ThatIsWrong_IsRefusedByNameAndTellsNothing(string type, string data, string field)
    {
        var problems = await TakeAsync(type, data);

        Assert.StartsWith(field + " must be", Assert.Single(problems), StringComparison.Ordinal);
        Assert.Empty(_station.Told);
    }

    [Fact]
    public async Task Envelope_WithManyProblems_NamesThemAll()
    {
        var events = new NativeEvents(_station.AsLookup, new FakeTimeProvider(Now));

        var problems = await events.TakeAsync("M1", "link", JsonValue.Parse("""{"specversion":"0.3","type":"","subject":"M2"}"""));

        Assert.Equal(["specversion", "source", "id", "type", "subject"], problems.Select(p => p.Split(' ')[0]).Distinct());
    }

    private Task<IReadOnlyList<string>> TakeAsync(string type, string data)
    {
        var envelope = JsonObject.Of(
            ("specversion", "1.0"), ("id", "e-1"), ("source", "/stations/M1"), ("type", $"{Prefix}{type}.v1"), ("subject", "M1"),
            ("time", "2026-03-01T11:59:59Z"), ("data", JsonValue.Parse(data)));
        return new NativeEvents(_station.AsLookup, new FakeTimeProvider(Now)).TakeAsync("M1", "link", envelope);
    }
}
