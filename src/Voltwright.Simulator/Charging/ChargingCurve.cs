namespace Voltwright.Simulator.Charging;

/// <summary>How much power a car takes: it ramps up, holds, and from 80 % on tapers until it is full.</summary>
public static class ChargingCurve
{
    public static readonly TimeSpan Ramp = TimeSpan.FromSeconds(20);

    const int TaperFromPercent = 80;
    const int LeastShare = 20;

    /// <summary>Watts at one instant; 0 when the battery is full.</summary>
    public static int PowerW(Vehicle vehicle, long batteryWh, TimeSpan sinceStart, int limitW)
    {
        var most = Math.Min(vehicle.MaxPowerW, limitW);
        if (batteryWh >= vehicle.CapacityWh) return 0;
        var socPercent = batteryWh * 100.0 / vehicle.CapacityWh;
        var ramp = Math.Clamp(sinceStart / Ramp, 0, 1);
        var taper = socPercent <= TaperFromPercent ? 1 : Math.Max(LeastShare / 100.0, (100 - socPercent) / (100 - TaperFromPercent));
        return (int)(most * ramp * taper);
    }
}
