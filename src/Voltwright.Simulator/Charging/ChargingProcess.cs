namespace Voltwright.Simulator.Charging;

/// <summary>
/// Energy flowing into one car. Energy is the integral of power, kept in whole millijoules so that nothing is lost to rounding.
/// </summary>
public sealed class ChargingProcess(Vehicle vehicle, long meterStartWh)
{
    const long MillijoulesPerWh = 3_600_000;
    static readonly TimeSpan Step = TimeSpan.FromSeconds(1);

    readonly long _batteryAtStart = vehicle.CapacityWh * (long)vehicle.SocPercent / 100;
    long _millijoules;
    TimeSpan _elapsed;

    /// <summary>What the station allows.</summary>
    public int LimitW { get; set; } = int.MaxValue;

    public int PowerW { get; private set; }

    public bool IsFull => BatteryWh >= vehicle.CapacityWh;

    public int SocPercent => (int)(BatteryWh * 100 / vehicle.CapacityWh);

    /// <summary>The register, which only whole Wh enter.</summary>
    public long MeterWh => meterStartWh + (_millijoules / MillijoulesPerWh);

    long BatteryWh => _batteryAtStart + (_millijoules / MillijoulesPerWh);

    /// <summary>Lets simulated time pass.</summary>
    public void Advance(TimeSpan span)
    {
        while (span > TimeSpan.Zero)
        {
            var step = span < Step ? span : Step;
            PowerW = ChargingCurve.PowerW(vehicle, BatteryWh, _elapsed, LimitW);
            _millijoules += PowerW * (long)step.TotalMilliseconds;
            _elapsed += step;
            span -= step;
        }
    }
}
