using Voltwright.Ocpp.V16;
using Voltwright.Ocpp.V16.Types;
using Voltwright.Simulator.Fleets;
using Voltwright.Simulator.Tests.Ocpp;

namespace Voltwright.Simulator.Tests.Fleets;

public class FleetTests
{
    [Fact]
    public async Task Fleet_OfStationsWithDrivers_RunsWholeSessions()
    {
        await using var csms = new TestCsms();
        var reports = new List<FleetReport>();

        var report = await new Fleet(Options(csms) with { Stations = 5 }).RunAsync(new Collector(reports));

        Assert.Empty(report.Violations);
        Assert.Equal((5, 5), (report.Stations, report.Connected));
        Assert.True(report.SessionsStarted > 0);
        Assert.Equal(report.SessionsStarted, report.SessionsEnded);
        Assert.Equal(report.EnergyWh, EnergyOf(csms));
        Assert.True(report.Messages > 0 && report.AnswerP99 >= report.AnswerP50 && report.AnswerP50 > TimeSpan.Zero);
        Assert.NotEmpty(reports);
    }

    [Fact]
    public async Task Fleet_WhoseCardsAreBlocked_CountsRefusedTaps()
    {
        await using var csms = new TestCsms { Decide = _ => AuthorizationStatus.Blocked };

        var report = await new Fleet(Options(csms) with { Duration = TimeSpan.FromSeconds(1) }).RunAsync();

        Assert.Equal((0, 0), (report.SessionsStarted, report.SessionsEnded));
        Assert.True(report.RefusedTaps > 0);
    }

    [Fact]
    public void Percentile_OfSortedTimes_IsTheOneAtThatRank()
    {
        var times = Enumerable.Range(1, 100).Select(ms => TimeSpan.FromMilliseconds(ms)).ToArray();

        Assert.Equal(51, FleetCounters.Percentile(times, 50).TotalMilliseconds);
        Assert.Equal(100, FleetCounters.Percentile(times, 99).TotalMilliseconds);
        Assert.Equal(TimeSpan.Zero, FleetCounters.Percentile([], 99));
    }

    static FleetOptions Options(TestCsms csms) => new() { Endpoint = csms.Endpoint, Speed = 3000, Duration = TimeSpan.FromSeconds(2) };

    static long EnergyOf(TestCsms csms)
    {
        var said = csms.Everything;
        return said.OfType<StopTransactionRequest>().Sum(stop => (long)stop.MeterStop)
            - said.OfType<StartTransactionRequest>().Sum(start => (long)start.MeterStart);
    }

    sealed class Collector(List<FleetReport> reports) : IProgress<FleetReport>
    {
        public void Report(FleetReport value) => reports.Add(value);
    }
}
