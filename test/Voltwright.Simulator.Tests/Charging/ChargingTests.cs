using Voltwright.Simulator.Charging;

namespace Voltwright.Simulator.Tests.Charging;

public class ChargingTests
{
    static readonly Vehicle Car = new(CapacityWh: 50_000, SocPercent: 50, MaxPowerW: 10_000);

    [Fact]
    public void Power_OverACharge_RampsUpHoldsAndTapers()
    {
        var start = ChargingCurve.PowerW(Car, 25_000, TimeSpan.FromSeconds(5), 22_000);
        var middle = ChargingCurve.PowerW(Car, 30_000, TimeSpan.FromMinutes(10), 22_000);
        var late = ChargingCurve.PowerW(Car, 45_000, TimeSpan.FromHours(2), 22_000);
        var full = ChargingCurve.PowerW(Car, 50_000, TimeSpan.FromHours(3), 22_000);

        Assert.Equal((2_500, 10_000, 5_000, 0), (start, middle, late, full));
    }

    [Fact]
    public void Power_UnderALimit_KeepsIt() => Assert.Equal(4_000, ChargingCurve.PowerW(Car, 30_000, TimeSpan.FromHours(1), 4_000));

    [Fact]
    public void Energy_OfAnHourAtTenKilowatts_IsTenKilowattHoursLessTheRamp()
    {
        var process = new ChargingProcess(Car, meterStartWh: 1_000);

        process.Advance(TimeSpan.FromHours(1));

        Assert.Equal(1_000 + 10_000 - 30, process.MeterWh, tolerance: 2);
    }

    [Fact]
    public void Energy_AdvancedInManySteps_IsTheSameAsInOne()
    {
        var (many, one) = (new ChargingProcess(Car, 0), new ChargingProcess(Car, 0));

        for (var second = 0; second < 1800; second++) many.Advance(TimeSpan.FromSeconds(1));
        one.Advance(TimeSpan.FromSeconds(1800));

        Assert.Equal(one.MeterWh, many.MeterWh);
    }

    [Fact]
    public void Energy_OfAFullBattery_FlowsNoMore()
    {
        var process = new ChargingProcess(Car, 0);

        process.Advance(TimeSpan.FromHours(24));

        Assert.True(process.IsFull);
        Assert.Equal((25_000, 0, 100), (process.MeterWh, process.PowerW, process.SocPercent));
    }
}
