using Voltwright.Tariffs;

namespace Voltwright.Tests.Tariffs;

public sealed class TariffTests
{
    [Theory]
    // per kWh, per minute, fee, idle, minimum, tax % | Wh, charging s, idle s → total
    [InlineData(49, 0, 100, 0, 0, 20, 7345, 3600, 0, 552)]
    [InlineData(49, 0, 0, 0, 0, 0, 1000, 60, 0, 49)]
    [InlineData(49, 0, 0, 0, 0, 0, 10, 60, 0, 0)]
    [InlineData(49, 0, 0, 0, 0, 0, 11, 60, 0, 1)]
    [InlineData(50, 0, 0, 0, 0, 0, 10, 60, 0, 1)]
    [InlineData(0, 0, 100, 0, 0, 19, 0, 60, 0, 119)]
    [InlineData(49, 0, 0, 0, 500, 0, 1000, 60, 0, 500)]
    [InlineData(49, 0, 0, 0, 500, 20, 1000, 60, 0, 600)]
    [InlineData(49, 0, 0, 0, 500, 20, 0, 60, 0, 0)]
    [InlineData(0, 12, 0, 0, 0, 0, 5000, 90, 0, 18)]
    [InlineData(0, 1, 0, 0, 0, 0, 5000, 30, 0, 1)]
    [InlineData(0, 1, 0, 0, 0, 0, 5000, 29, 0, 0)]
    [InlineData(40, 0, 0, 10, 0, 0, 10_000, 3600, 1800, 700)]
    [InlineData(39.5, 0, 0, 0, 0, 7.7, 12_345, 3600, 0, 526)]
    [InlineData(1_000_000, 0, 0, 0, 0, 100, 2_000_000, 60, 0, 4_000_000_000)]
    public void Bill_OfASession_IsRightToTheCent(
        double perKwh, double perMinute, long fee, double idle, long minimum, double tax, long energyWh, long chargingS, long idleS, long total)
    {
        var tariff = new Tariff
        {
            Currency = "EUR", PerKwh = (decimal)perKwh, PerMinute = (decimal)perMinute, SessionFee = fee, IdlePerMinute = (decimal)idle, Minimum = minimum,
            TaxPercent = (decimal)tax,
        };
        Assert.Equal(total, tariff.Bill(new Usage(true, energyWh, chargingS, idleS)).Amount);
    }

    [Fact]
    public void Bill_WithEverything_ExplainsEachLine()
    {
        var tariff = new Tariff
        {
            Currency = "EUR", PerKwh = 49, PerMinute = 2, SessionFee = 100, IdlePerMinute = 10, Minimum = 1000, TaxPercent = 20,
        };
        var price = tariff.Bill(new Usage(true, 3210, 600, 90));
        Assert.Equal(
            [
                new("energy", 3.21m, "kWh", 49, 157), new("time", 10, "min", 2, 20), new("idle", 1.5m, "min", 10, 15),
                new("session-fee", 1, "session", 100, 100), new("minimum", 1, "session", 1000, 708), new("tax", 20, "percent", 10, 200),
            ],
            price.Lines);
        Assert.Equal((1200L, "EUR"), (price.Amount, price.Currency));
    }

    [Fact]
    public void Bill_WithoutCharging_IsNothing() =>
        Assert.Equal(0, new Tariff { Currency = "EUR", SessionFee = 100, Minimum = 500 }.Bill(new Usage(false, 0, 0, 0)).Amount);

    [Fact]
    public void Bill_OfAnything_AddsUpAndGrowsWithUse()
    {
        var random = new Random(4711);
        for (var run = 0; run < 5000; run++)
        {
            var tariff = new Tariff
            {
                Currency = "EUR", PerKwh = random.Next(0, 20_000) / 100m, PerMinute = random.Next(0, 500) / 10m, SessionFee = random.Next(300),
                IdlePerMinute = random.Next(0, 100), Minimum = random.Next(600), TaxPercent = random.Next(0, 300) / 10m,
            };
            var usage = new Usage(true, random.NextInt64(1, 200_000), random.Next(86_400), random.Next(86_400));
            var price = tariff.Bill(usage);
            Assert.Equal(price.Amount, price.Lines.Sum(l => l.Amount));
            Assert.All(price.Lines, l => Assert.True(l.Amount >= 0, $"run {run}: {l}"));
            Assert.True(price.Amount >= tariff.Minimum, $"run {run}: {price.Amount} is below the minimum {tariff.Minimum}.");
            Assert.True(tariff.Bill(usage with { EnergyWh = usage.EnergyWh + 500 }).Amount >= price.Amount, $"run {run}: more energy costs less.");
        }
    }

    [Fact]
    public void Tariff_WithProblems_NamesThemAll()
    {
        var problems = new Tariff { Id = "a/b", Currency = "euro", PerKwh = -1, TaxPercent = 101 }.Problems();
        Assert.Equal(4, problems.Count);
        Assert.Empty(Tariff.Free.Problems());
    }
}
