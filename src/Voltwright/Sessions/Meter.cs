namespace Voltwright.Sessions;

/// <summary>How far a slot's energy register is believed to be, and since when.</summary>
/// <param name="SegmentStartWh">Where counting began: at the start, or at zero after the register was reset.</param>
/// <param name="LastWh">The newest reading that was believed.</param>
/// <param name="CarriedWh">Energy of the segments before a reset.</param>
/// <param name="SuspectWh">A reading out of line, believed only when the next one agrees with it.</param>
/// <param name="IsOpen">The station did not say where it began: the first reading will.</param>
[GenerateSerializer, Immutable]
public sealed partial record Meter(
    long SegmentStartWh, long LastWh, DateTimeOffset LastAt, long CarriedWh = 0, long? SuspectWh = null, bool IsOpen = false);
