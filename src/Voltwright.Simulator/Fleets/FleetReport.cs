namespace Voltwright.Simulator.Fleets;

/// <summary>What a fleet did and saw.</summary>
/// <param name="Connected">Stations that were accepted.</param>
/// <param name="RefusedTaps">Taps that did not lead to charging: cards turned away, no slot, nothing happened.</param>
/// <param name="EnergyWh">Delivered in sessions that ended.</param>
/// <param name="AnswerP50">Half of the messages were answered within this.</param>
/// <param name="Violations">
/// What the other end did against the protocol, and sessions that did not go as they must; the first hundred.
/// </param>
public sealed record FleetReport(
    int Stations, int Connected, int SessionsStarted, int SessionsEnded, int RefusedTaps, long EnergyWh, long Messages, TimeSpan Elapsed,
    TimeSpan AnswerP50, TimeSpan AnswerP99, IReadOnlyList<string> Violations)
{
    public double MessagesPerSecond => Elapsed > TimeSpan.Zero ? Messages / Elapsed.TotalSeconds : 0;
}
