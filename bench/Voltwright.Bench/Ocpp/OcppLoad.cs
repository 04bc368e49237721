namespace Voltwright.Bench.Ocpp;

/// <summary>How much of everything the benchmark does.</summary>
/// <param name="Talkers">Stations among them that talk while rates are measured.</param>
/// <param name="Storm">Others among them that come back all at once.</param>
/// <param name="Rest">How long nothing happens before the memory of a server at rest is looked at.</param>
internal sealed record OcppLoad(int Stations, int Talkers, int Storm, TimeSpan Each, TimeSpan Rest)
{
    public static OcppLoad Whole { get; } = new(10_000, 256, 500, TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(20));
}
