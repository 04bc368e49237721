namespace Voltwright.Simulator.Charging;

/// <summary>A car at a plug.</summary>
/// <param name="CapacityWh">Of the battery.</param>
/// <param name="SocPercent">State of charge on arrival.</param>
/// <param name="MaxPowerW">What the car takes at most.</param>
public sealed record Vehicle(int CapacityWh = 60_000, int SocPercent = 20, int MaxPowerW = 11_000)
{
    public static Vehicle Random(Random random) =>
        new(random.Next(30, 100) * 1000, random.Next(5, 70), random.Next(2) == 0 ? 11_000 : 22_000);
}
