namespace Voltwright.Sessions;

/// <summary>Which of a station's timestamps are believed.</summary>
internal static class Clock
{
    private static readonly TimeSpan Ahead = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Behind = TimeSpan.FromDays(366);

    /// <summary>Stations replay what they stored offline, for weeks; the future and the distant past are wrong clocks.</summary>
    public static (DateTimeOffset At, string? Doubt) Believe(DateTimeOffset said, DateTimeOffset now) =>
        said > now + Ahead || said < now - Behind
            ? (now, $"The station's clock said {said.ToUniversalTime():yyyy-MM-dd'T'HH:mm:ss'Z'}: the time of arrival counts.")
            : (said.ToUniversalTime(), null);
}
