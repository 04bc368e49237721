using System.Globalization;
using System.Text.RegularExpressions;

namespace Voltwright.Workflows.Reading;

/// <summary>ISO 8601 durations; a year counts 365 days and a month 30, since a duration has no calendar.</summary>
public static partial class DurationText
{
    public static bool TryParse(string text, out TimeSpan duration)
    {
        duration = default;
        var match = Iso().Match(text);
        if (!match.Success || text.EndsWith('P') || text.EndsWith('T'))
            return false;
        var seconds = (Part(match, "y") * 365 * 86_400m) + (Part(match, "mo") * 30 * 86_400m) + (Part(match, "w") * 7 * 86_400m)
            + (Part(match, "d") * 86_400m) + (Part(match, "h") * 3600m) + (Part(match, "m") * 60m) + Part(match, "s");
        if (seconds > Longest)
            return false;
        duration = TimeSpan.FromTicks((long)(seconds * TimeSpan.TicksPerSecond));
        return true;
    }

    /// <summary>Seconds; a thousand years, so that sums with instants stay in range.</summary>
    internal const decimal Longest = 1000m * 365 * 86_400;

    private static decimal Part(Match match, string name) =>
        match.Groups[name] is { Success: true } group ? decimal.Parse(group.ValueSpan, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture) : 0;

    [GeneratedRegex(
        @"^P((?<y>\d{1,9}(\.\d{1,9})?)Y)?((?<mo>\d{1,9}(\.\d{1,9})?)M)?((?<w>\d{1,9}(\.\d{1,9})?)W)?((?<d>\d{1,9}(\.\d{1,9})?)D)?" +
        @"(T((?<h>\d{1,9}(\.\d{1,9})?)H)?((?<m>\d{1,9}(\.\d{1,9})?)M)?((?<s>\d{1,12}(\.\d{1,9})?)S)?)?$")]
    private static partial Regex Iso();
}
