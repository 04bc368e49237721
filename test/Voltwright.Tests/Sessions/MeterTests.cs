using Voltwright.Sessions;

namespace Voltwright.Tests.Sessions;

public sealed class MeterTests
{
    private static readonly DateTimeOffset Noon = new(2026, 7, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Meter_OfAStationThatDidNotSayWhereItBegan_CountsFromTheFirstReading()
    {
        var (meter, _) = Meter.From(null, Noon).Take(5_000_000, Noon.AddMinutes(1));
        (meter, _) = meter.Take(5_000_700, Noon.AddMinutes(2));
        var (closed, note) = meter.Close(5_001_000, Noon.AddMinutes(3));

        Assert.Equal((1000, null), (closed.EnergyWh, note));
    }

    [Fact]
    public void Meter_WithOneReadingOnly_CountsNothingAndSaysSo()
    {
        var (closed, note) = Meter.From(null, Noon).Close(5_000_000, Noon.AddMinutes(1));

        Assert.Equal(0, closed.EnergyWh);
        Assert.NotNull(note);
    }

    [Theory]
    // first reading, readings a minute apart, last reading → energy
    [InlineData(1000, new long[] { 1500, 2000 }, 2600, 1600)]
    [InlineData(0, new long[] { }, 0, 0)]
    [InlineData(1000, new long[] { }, 16_000, 15_000)]
    [InlineData(1000, new long[] { 1500, 1500, 1500 }, 1500, 500)]
    // one reading out of line, low or high, is nobody's energy
    [InlineData(1000, new long[] { 1500, 3, 2000 }, 2600, 1600)]
    [InlineData(1000, new long[] { 1500, 900_000, 2000 }, 2600, 1600)]
    [InlineData(1000, new long[] { 1500, 1400, 2000 }, 2600, 1600)]
    // the register was reset: what was counted before stays
    [InlineData(10_000, new long[] { 15_000, 300, 800 }, 2500, 7500)]
    [InlineData(10_000, new long[] { 15_000 }, 2500, 7500)]
    [InlineData(10_000, new long[] { 15_000 }, 0, 5000)]
    // impossible readings are dropped
    [InlineData(1000, new long[] { 1500, -5, 900_000_000, 2000 }, 2600, 1600)]
    [InlineData(1000, new long[] { 1500 }, 9_000_000_000, 500)]
    [InlineData(1000, new long[] { 1500 }, -1, 500)]
    [InlineData(5_000_000, new long[] { 5_001_000 }, 4_000_000, 1000)]
    // a high reading was not confirmed by the end
    [InlineData(1000, new long[] { 1900 }, 1800, 800)]
    public void Meter_OverASession_CountsWhatCanBeBelieved(long first, long[] readings, long last, long energyWh)
    {
        var meter = Meter.From(first, Noon);
        var at = Noon;
        foreach (var reading in readings)
        {
            at = at.AddMinutes(1);
            var before = meter.EnergyWh;
            (meter, _) = meter.Take(reading, at);
            Assert.True(meter.EnergyWh >= before, $"{reading} Wh made the energy fall from {before} to {meter.EnergyWh}.");
        }

        Assert.Equal(energyWh, meter.Close(last, at.AddMinutes(1)).Next.EnergyWh);
    }

    [Fact]
    public void Meter_OfAnyReadings_NeverCountsBackwardsOrBelowZero()
    {
        var random = new Random(20260701);
        for (var run = 0; run < 2000; run++)
        {
            var meter = Meter.From(random.NextInt64(-10, 100_000), Noon);
            for (var i = 0; i < random.Next(12); i++)
            {
                var before = meter.EnergyWh;
                (meter, _) = meter.Take(random.NextInt64(-1000, 300_000), Noon.AddSeconds(random.Next(-100, 10_000)));
                Assert.True(meter.EnergyWh >= before && meter.EnergyWh >= 0, $"run {run}: {before} → {meter}");
            }

            Assert.True(meter.Close(random.NextInt64(-1000, 300_000), Noon.AddHours(3)).Next.EnergyWh >= 0, $"run {run}: {meter}");
        }
    }

    [Fact]
    public void Meter_WithAnUnbelievedReading_SaysSo()
    {
        var (meter, _) = Meter.From(1000, Noon).Take(1500, Noon.AddMinutes(1));
        Assert.Contains("impossible", meter.Take(-1, Noon.AddMinutes(2)).Note);
        Assert.Contains("backwards", meter.Take(1200, Noon.AddMinutes(2)).Note);
        Assert.Contains("reset", meter.Close(3, Noon.AddMinutes(2)).Note);
    }

    [Fact]
    public void Meter_WithALateReading_IgnoresIt()
    {
        var (meter, _) = Meter.From(1000, Noon).Take(1500, Noon.AddMinutes(5));
        Assert.Equal(meter, meter.Take(1400, Noon.AddMinutes(2)).Next);
    }
}
