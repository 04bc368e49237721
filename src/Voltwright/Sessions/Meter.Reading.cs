namespace Voltwright.Sessions;

public sealed partial record Meter
{
    /// <summary>More than any charger delivers, with room for stations that report seldom.</summary>
    private const long MaxPowerW = 1_500_000;

    /// <summary>A first rise of this size is believed whatever the clocks say.</summary>
    private const long ToleranceWh = 200_000;

    /// <summary>No session takes more between two readings: a reading beyond is not believed at all.</summary>
    private const long MaxJumpWh = 2_000_000;

    /// <summary>Above that, a lower register was not reset to zero: it is another register.</summary>
    private const long MaxAfterResetWh = 100_000;

    /// <param name="startWh">Null when the station did not say: the first reading is the start.</param>
    public static Meter From(long? startWh, DateTimeOffset at) =>
        new(Math.Max(0, startWh ?? 0), Math.Max(0, startWh ?? 0), at, IsOpen: startWh is null);

    public long EnergyWh => CarriedWh + LastWh - SegmentStartWh;

    /// <summary>
    /// Takes a reading on the way. Energy never falls by it; a reading out of line waits for the next one to agree.
    /// <paramref name="Note"/> says what was not believed.
    /// </summary>
    public (Meter Next, string? Note) Take(long readingWh, DateTimeOffset at)
    {
        if (at < LastAt)
            return (this, null);
        if (IsOpen)
            return (From(readingWh, at), null);
        if (IsAbsurd(readingWh))
            return (this, $"Reading of {readingWh} Wh after {LastWh} Wh is impossible and was dropped.");
        if (readingWh >= LastWh)
            return TakeRise(readingWh, at);
        if (readingWh >= SegmentStartWh)
            return (this with { LastAt = at }, $"Reading of {readingWh} Wh after {LastWh} Wh runs backwards and was dropped.");

        return SuspectWh is { } low && low < SegmentStartWh && readingWh >= low
            ? (AfterReset(readingWh, at), $"The register was reset after {LastWh} Wh and counts from zero, now {readingWh} Wh.")
            : (this with { SuspectWh = readingWh, LastAt = at }, null);
    }

    /// <summary>Takes the last reading of the session: what the station states at the end settles earlier doubts.</summary>
    public (Meter Next, string? Note) Close(long readingWh, DateTimeOffset at)
    {
        if (IsOpen)
            return (From(readingWh, at), "The station told of one reading only: no energy can be counted.");
        if (IsAbsurd(readingWh))
            return (this, $"Last reading of {readingWh} Wh after {LastWh} Wh is impossible: {LastWh} Wh stands.");
        if (readingWh >= LastWh)
            return (this with { LastWh = readingWh, LastAt = at, SuspectWh = null }, null);
        if (readingWh >= SegmentStartWh)
        {
            return (this with { LastWh = readingWh, LastAt = at, SuspectWh = null },
                $"Earlier reading of {LastWh} Wh gave way to the last one, {readingWh} Wh.");
        }

        return readingWh <= MaxAfterResetWh
            ? (AfterReset(readingWh, at), $"The register was reset after {LastWh} Wh and counted from zero to {readingWh} Wh.")
            : (this, $"Last reading of {readingWh} Wh is below the first one, {SegmentStartWh} Wh: {LastWh} Wh stands.");
    }

    private bool IsAbsurd(long readingWh) => readingWh < 0 || readingWh - LastWh > MaxJumpWh;

    private (Meter, string?) TakeRise(long readingWh, DateTimeOffset at)
    {
        var possibleWh = ToleranceWh + (long)((at - LastAt).TotalHours * MaxPowerW);
        if (readingWh - LastWh > possibleWh && !(SuspectWh is { } high && high > LastWh && readingWh >= high))
            return (this with { SuspectWh = readingWh }, null);

        var note = SuspectWh is { } suspect && (suspect < SegmentStartWh || suspect > readingWh)
            ? $"Reading of {suspect} Wh between {LastWh} Wh and {readingWh} Wh was dropped."
            : null;
        return (this with { LastWh = readingWh, LastAt = at, SuspectWh = null }, note);
    }

    private Meter AfterReset(long readingWh, DateTimeOffset at) => new(0, readingWh, at, EnergyWh);
}
