using System.Globalization;

namespace Voltwright.Ocpp.Payloads;

/// <summary>Times on the wire: RFC 3339, written in UTC with milliseconds. OCPP 1.6 §3.14–3.15.</summary>
public static class OcppTime
{
    const int TickDigits = 7;
    static readonly string[] Forms = ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];

    public static string Write(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    /// <summary>
    /// Reads a time into UTC. Digits beyond 100 ns are dropped. Without a zone it is taken as UTC and <paramref name="zoned"/> is
    /// false.
    /// </summary>
    public static bool TryRead(string text, out DateTimeOffset time, out bool zoned)
    {
        zoned = text.Length > 19 && (text[^1] == 'Z' || text[^6] is '+' or '-');
        return DateTimeOffset.TryParseExact(
            WithTickDigits(text),
            Forms,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out time);
    }

    // Some stations write nanoseconds.
    static string WithTickDigits(string text)
    {
        var point = text.IndexOf('.', StringComparison.Ordinal);
        if (point < 0) return text;
        var end = point + 1;
        while (end < text.Length && char.IsAsciiDigit(text[end])) end++;
        return end - point - 1 > TickDigits ? text.Remove(point + 1 + TickDigits, end - point - 1 - TickDigits) : text;
    }
}
