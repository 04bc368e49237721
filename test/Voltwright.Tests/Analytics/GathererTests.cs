using Voltwright.Analytics;
using Voltwright.Events;
using Voltwright.Jq;
using Voltwright.Tests.Stations;

namespace Voltwright.Tests.Analytics;

public sealed class GathererTests
{
    private static readonly DateTimeOffset Noon = Desk.Noon;

    [Fact]
    public void Station_AwayOverHours_IsOfflineForItsPartOfEach()
    {
        var gatherer = new Gatherer([]);
        gatherer.Add(EventTypes.Disconnected, "CP1", Noon.AddMinutes(30), JsonObject.Empty);
        gatherer.Add(EventTypes.Disconnected, "CP1", Noon.AddMinutes(40), JsonObject.Empty);
        var away = gatherer.Take();
        gatherer.Add(EventTypes.Connected, "CP1", Noon.AddMinutes(75), JsonObject.Empty);

        var (_, sheet, stations) = gatherer.Take();

        Assert.Equal(Noon.AddMinutes(30), Assert.Single(away.Stations).AwaySince);
        Assert.Null(Assert.Single(stations).AwaySince);
        Assert.Equal([1800L, 900L], Of(sheet, Grains.Hour, "CP1", FigureKinds.Offline).Select(s => s.Seconds));
        Assert.Equal(2700, Assert.Single(Of(sheet, Grains.Day, "", FigureKinds.Offline)).Seconds);
    }

    [Fact]
    public void Power_OfSeveralSessions_PeaksTogether()
    {
        var gatherer = new Gatherer([]);
        Metered(gatherer, "CP1", "a", 11_000);
        Metered(gatherer, "CP1", "b", 7_000);
        Metered(gatherer, "CP2", "c", 22_000);
        gatherer.Add(EventTypes.SessionEnded, "CP1", Noon, Session("a"));
        Metered(gatherer, "CP1", "d", 9_000);

        var (sessions, sheet, _) = gatherer.Take();

        Assert.Equal(["a"], sessions);
        Assert.Equal(18_000, Assert.Single(Of(sheet, Grains.Hour, "CP1", FigureKinds.Peak)).PeakW);
        Assert.Equal(40_000, Assert.Single(Of(sheet, Grains.Month, "", FigureKinds.Peak)).PeakW);
    }

    [Fact]
    public void FaultsAndRefusals_OfAStation_AreCountedByTheirReason()
    {
        var gatherer = new Gatherer([]);
        gatherer.Add(EventTypes.Faulted, "CP1", Noon, JsonValue.Parse("""{"error":{"code":"GroundFailure"}}"""));
        gatherer.Add(EventTypes.Faulted, "CP1", Noon, JsonObject.Of(("error", JsonObject.Of(("code", new string('x', 500))))));
        gatherer.Add(EventTypes.CardRefused, "CP2", Noon, JsonValue.Parse("""{"decision":"blocked"}"""));
        gatherer.Add(EventTypes.SlotStatus, "CP2", Noon, JsonValue.Parse("""{"slotNumber":4,"status":"available"}"""));

        var (_, sheet, stations) = gatherer.Take();

        Assert.Equal([1L, 1L], Of(sheet, Grains.Day, "", FigureKinds.Fault).Select(s => s.Number));
        Assert.All(sheet.Cells.Keys, key => Assert.True(key.Label.Length <= 100));
        Assert.Contains(sheet.Cells, c => c.Key is { Station: "CP2", Kind: FigureKinds.Refused, Label: "blocked" } && c.Value.Number == 1);
        Assert.Equal([("CP1", 1), ("CP2", 4)], stations.Select(s => (s.Id, s.Slots)));
    }

    [Theory]
    [InlineData("2026-01-31T23:00Z", "2026-03-02T01:00Z", "hour 1, month 1, day 1, hour 1")]
    [InlineData("2026-01-01T00:00Z", "2027-01-01T00:00Z", "month 12")]
    [InlineData("2026-01-05T07:00Z", "2026-01-05T09:00Z", "hour 2")]
    [InlineData("2026-01-05T07:00Z", "2026-01-07T00:00Z", "hour 17, day 1")]
    public void Period_InPieces_IsCoveredByFewAndWhole(string from, string to, string expected)
    {
        var pieces = Grains.Split(Time(from), Time(to), Grains.Month).ToList();

        Assert.Equal(expected, string.Join(", ", pieces.Select(p => $"{p.Grain} {Count(p.Grain, p.From, p.To)}")));
        Assert.Equal(Time(from), pieces[0].From);
        Assert.Equal(Time(to), pieces[^1].To);
        Assert.All(pieces.Zip(pieces.Skip(1)), pair => Assert.Equal(pair.First.To, pair.Second.From));
    }

    // Clocks go forward at midnight, or back to before it: there is a day without its first hour, and one with two of them.
    [Theory]
    [InlineData("America/Santiago")]
    [InlineData("Africa/Cairo")]
    [InlineData("Asia/Beirut")]
    [InlineData("Atlantic/Azores")]
    [InlineData("America/Havana")]
    [InlineData("Europe/Vienna")]
    [InlineData("Australia/Lord_Howe")]
    public void DaysAndMonths_OfAZone_HoldEachHourOnce(string name)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(name);
        foreach (var grain in (string[])[Grains.Day, Grains.Month])
        {
            var start = Grains.Floor(Time("2025-12-31T23:00Z"), grain, zone);
            while (start < Time("2027-01-01T00:00Z"))
            {
                var next = Grains.Next(start, grain, zone);
                Assert.True(next > start, $"{grain} of {start:O} ends at {next:O}");
                for (var at = start; at < next; at = at.AddHours(1))
                    Assert.Equal(start, Grains.Floor(at, grain, zone));
                Assert.Equal(start, Grains.Floor(next.AddMinutes(-1), grain, zone));
                start = next;
            }
        }
    }

    [Fact]
    public void Power_BelowZeroAfterTheEndOrFromLongAgo_LeavesNoGhosts()
    {
        var gatherer = new Gatherer([]);
        for (var i = 0; i < 5; i++)
        {
            Metered(gatherer, "CP1", "noise", -200);
            Metered(gatherer, "CP1", $"s{i}", 11_000);
            gatherer.Add(EventTypes.SessionEnded, "CP1", Noon, Session($"s{i}"));
            Metered(gatherer, "CP1", $"s{i}", 11_000);
        }

        gatherer.Add(EventTypes.MeterValues, "CP2", Noon.AddDays(-2), JsonObject.Of(("sessionId", "kept"), ("powerW", 50_000)));
        Metered(gatherer, "CP1", "last", 22_000);

        var (_, sheet, stations) = gatherer.Take();
        Assert.Equal(22_000, Assert.Single(Of(sheet, Grains.Hour, "CP1", FigureKinds.Peak)).PeakW);
        Assert.Equal([50_000L, 22_000L], Of(sheet, Grains.Day, "", FigureKinds.Peak).Select(s => s.PeakW));
        Assert.Equal(Noon.AddDays(-2), stations.Single(s => s.Id == "CP2").Since);
    }

    [Fact]
    public void Station_OfAnOlderEventOrAnUnknownConnector_BeganEarlierAndHasNoMoreSlots()
    {
        var gatherer = new Gatherer([new SeenStation("CP1", Noon, 1, null)]);
        gatherer.Add(EventTypes.SlotStatus, "CP1", Noon.AddHours(-3), JsonValue.Parse("""{"slotNumber":57,"status":"available","problem":"not registered"}"""));
        var seen = Assert.Single(gatherer.Take().Stations);
        Assert.Equal((Noon.AddHours(-3), 1), (seen.Since, seen.Slots));
        gatherer.Add(EventTypes.CardRefused, "CP1", Noon, JsonObject.Of(("decision", new string('a', 99) + "😀")));
        Assert.All(gatherer.Take().Sheet.Cells.Keys, key => Assert.False(char.IsSurrogate(key.Label.LastOrDefault())));
    }

    private static int Count(string grain, DateTimeOffset from, DateTimeOffset to)
    {
        var count = 0;
        for (; from < to; from = Grains.Next(from, grain))
            count++;
        return count;
    }

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    private static void Metered(Gatherer gatherer, string station, string session, long powerW) =>
        gatherer.Add(EventTypes.MeterValues, station, Noon, JsonObject.Of(("sessionId", session), ("powerW", powerW)));

    private static JsonValue Session(string id) => JsonObject.Of(("sessionId", id));

    private static List<Sums> Of(FigureSheet sheet, string grain, string station, string kind) =>
        [.. sheet.Cells.Where(c => c.Key.Grain == grain && c.Key.Station == station && c.Key.Kind == kind).OrderBy(c => c.Key.At).Select(c => c.Value)];
}
