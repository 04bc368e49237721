namespace Voltwright.Analytics;

/// <summary>Which sum: of what kind, where and in which hour, day or month (UTC).</summary>
/// <param name="Grain"><c>hour</c>, <c>day</c> or <c>month</c>.</param>
/// <param name="Station">Empty for all stations together.</param>
/// <param name="At">When it begins, in seconds since 1970.</param>
/// <param name="Label">Of a session its tariff, of a fault its code, of a refusal the decision.</param>
/// <param name="Currency">Of a session; else empty.</param>
public readonly record struct FigureKey(string Grain, string Station, long At, string Kind, string Label, string Currency)
{
    // A session asks for it some twenty times; the rest seldom tells two apart.
    public override int GetHashCode() => HashCode.Combine(Grain, Station, At);
}

/// <summary>One sum.</summary>
/// <param name="Seconds">In which slots were taken, or a station was away; each hour has its own part.</param>
/// <param name="Waits">How many sessions <paramref name="WaitSeconds"/> is of.</param>
/// <param name="PeakW">The highest, not a sum.</param>
public readonly record struct Sums(
    long Number = 0, long Seconds = 0, long ChargingSeconds = 0, long IdleSeconds = 0, long WaitSeconds = 0, long Waits = 0,
    long EnergyWh = 0, long Billed = 0, long Paid = 0, long PeakW = 0)
{
    public static Sums operator +(Sums a, Sums b) => new(
        a.Number + b.Number, a.Seconds + b.Seconds, a.ChargingSeconds + b.ChargingSeconds, a.IdleSeconds + b.IdleSeconds,
        a.WaitSeconds + b.WaitSeconds, a.Waits + b.Waits, a.EnergyWh + b.EnergyWh, a.Billed + b.Billed, a.Paid + b.Paid,
        Math.Max(a.PeakW, b.PeakW));

    public static Sums operator -(Sums a) => new(
        -a.Number, -a.Seconds, -a.ChargingSeconds, -a.IdleSeconds, -a.WaitSeconds, -a.Waits, -a.EnergyWh, -a.Billed, -a.Paid, 0);
}

/// <summary>What is counted.</summary>
public static class FigureKinds
{
    /// <summary>A session that charged.</summary>
    public const string Session = "session";

    /// <summary>A session that ended, or whose lease ran out, before anything flowed.</summary>
    public const string Left = "left";

    /// <summary>A tap that was turned away.</summary>
    public const string Refused = "refused";
    public const string Fault = "fault";

    /// <summary>Time in which a station was not connected.</summary>
    public const string Offline = "offline";

    /// <summary>The highest power of a station, and of all together.</summary>
    public const string Peak = "peak";
}

/// <summary>A station that the log told of.</summary>
/// <param name="Slots">The highest slot number seen.</param>
/// <param name="AwaySince">Null while it is connected.</param>
public sealed record SeenStation(string Id, DateTimeOffset Since, int Slots, DateTimeOffset? AwaySince);
