using Voltwright.Bench.Scale;
using Voltwright.Testing;

namespace Voltwright.Cli.Tests;

public sealed class ScaleTests
{
    [Fact]
    public async Task Scale_OfOneMillionStations_IsWhatTheDocumentSays()
    {
        var ended = await Executable.RunAsync("scale");
        Assert.Equal(0, ended.ExitCode);
        var file = Path.Combine(Repository.Root, "docs", "scale.md");
        var document = await File.ReadAllTextAsync(file);
        var start = document.IndexOf(ScaleTables.Begin, StringComparison.Ordinal) + ScaleTables.Begin.Length;
        var end = document.IndexOf(ScaleTables.End, StringComparison.Ordinal);
        var expected = $"\n\n{ended.Output.Trim()}\n\n";
        if (Environment.GetEnvironmentVariable("VOLTWRIGHT_WRITE_DOCS") == "1")
            await File.WriteAllTextAsync(file, document[..start] + expected + document[end..]);
        else
            Assert.Equal(expected, document[start..end]);
    }

    [Theory]
    [InlineData("--stations", "0")]
    [InlineData("--sessions", "-1")]
    [InlineData("--node-cores", "0")]
    public async Task Scale_OfNothing_NamesTheOptionAndExitsWithTwo(string option, string value)
    {
        var ended = await Executable.RunAsync("scale", option, value);
        Assert.Equal(2, ended.ExitCode);
        Assert.Contains(option, ended.Messages, StringComparison.Ordinal);
    }

    [Fact]
    public void Demand_OfStations_AddsUp()
    {
        var demand = new Demand { Stations = 86_400, SessionsPerStationAndDay = 2, SessionMinutes = 30, MeterSeconds = 60, HeartbeatSeconds = 300 };
        Assert.Equal((2, 288, 30), (demand.SessionsPerSecond, demand.HeartbeatsPerSecond, demand.MeterReadingsPerSession));
        Assert.Equal(demand.StatusesPerSession + 34, demand.MessagesPerSession);
    }

    [Fact]
    public void Plan_OfTwiceAsMany_NeedsTwiceTheCellsAndNoLargerOnes()
    {
        var (one, two) = (PlanOf(1_000_000), PlanOf(2_000_000));
        Assert.Equal(one.Cells * 2, two.Cells);
        Assert.Equal(one.NodesPerCell, two.NodesPerCell);
    }

    [Fact]
    public void Plan_OfAFewStations_IsOneCellOfThreeNodes()
    {
        var plan = PlanOf(1000);
        Assert.Equal((1, 3), (plan.Cells, plan.NodesPerCell));
    }

    [Fact]
    public void Plan_WithRarerReadings_WritesLess() =>
        Assert.True(new ScalePlan(new Demand { MeterSeconds = 300 }, new Capacity()).BytesWrittenPerDay < PlanOf(1_000_000).BytesWrittenPerDay * 0.9);

    [Fact]
    public void Limits_OfOneNodeAndOneDatabase_ComeInOrder()
    {
        var limits = PlanOf(1_000_000).BreaksFirst;
        Assert.Equal(limits.Select(l => l.Stations).Order(), limits.Select(l => l.Stations));
        Assert.All(limits, l => Assert.InRange(l.Stations, 1, 1e9));
    }

    [Fact]
    public void Day_OfManyDrivers_PeaksInTheEveningTheSameEveryTime()
    {
        var peak = Day.PeakOverMean(3_000_000, 1);
        Assert.InRange(peak, 1.9, 2.6);
        Assert.Equal(peak, Day.PeakOverMean(3_000_000, 1));
        Assert.True(Day.PeakOverMean(1000, 1) > peak);
    }

    [Fact]
    public void Storm_WithRoomForAll_IsOverAtOnce()
    {
        var storm = ReconnectStorm.Simulate(1000, 1000, 1);
        Assert.InRange(storm.All, 1, 10);
        Assert.Equal(0, storm.Refused);
    }

    [Fact]
    public void Storm_WithLittleRoom_TakesAsLongAsTheRoomSays()
    {
        var storm = ReconnectStorm.Simulate(10_000, 50, 1);
        Assert.True(storm.Half <= storm.Most && storm.Most <= storm.All);
        Assert.InRange(storm.All, 200, 3600);
        Assert.True(storm.Refused > 0);
        Assert.Equal(storm, ReconnectStorm.Simulate(10_000, 50, 1));
    }

    private static ScalePlan PlanOf(int stations) => new(new Demand { Stations = stations }, new Capacity());
}
