using Voltwright.Analytics;

namespace Voltwright.Tests.Analytics;

public sealed class StationTimeTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Time_OfAllStations_IsThatOfEachAddedUp()
    {
        var random = new Random(11);
        DateTimeOffset At() => Start.AddMinutes(random.Next(3000) / 10 * 10);
        for (var round = 0; round < 200; round++)
        {
            var stations = Enumerable.Range(0, random.Next(8))
                .Select(i => new SeenStation($"CP{i}", At(), random.Next(1, 4), random.Next(3) == 0 ? At() : null)).ToList();
            var time = new StationTime(stations, At());
            var (from, to) = (At(), At());

            var expected = stations.Aggregate(default(KnownTime), (sum, station) => sum + time.Between(station, from, to));

            Assert.True(expected == time.Between(from, to), $"round {round}: {from:O} to {to:O} of {string.Join(", ", stations)}");
        }
    }
}
