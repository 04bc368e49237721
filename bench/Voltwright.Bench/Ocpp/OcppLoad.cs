namespace Voltwright.Bench.Ocpp;

/// <summary>How much of everything the benchmark does.</summary>
/// <param name="Talkers">Stations among them that talk while rates are measured.</param>
internal sealed record OcppLoad(int Stations, int Talkers, TimeSpan Each)
{
    public static OcppLoad Whole { get; } = new(10_000, 256, TimeSpan.FromSeconds(10));
}
