using System.Globalization;
using Voltwright.Tariffs;

namespace Voltwright.Server.Console.Layout;

/// <summary>Numbers, money, energy and spans of time as the language writes them. Points in time are the browser's, which knows its zone.</summary>
/// <remarks>The program runs without the system's culture data, so that it behaves the same everywhere; what differs is two separators.</remarks>
public sealed class Format(string language)
{
    private readonly NumberFormatInfo _numbers = language == "de"
        ? new NumberFormatInfo { NumberDecimalSeparator = ",", NumberGroupSeparator = "." }
        : new NumberFormatInfo();

    public string Number(decimal value, int decimals = 0) => value.ToString($"N{decimals}", _numbers);

    /// <summary>A number with as many decimals as it has, four at most.</summary>
    public string Exact(decimal value) => value.ToString("#,##0.####", _numbers);

    /// <param name="minor">In minor units; fractions of them are shown.</param>
    public string Money(decimal minor, string currency)
    {
        var digits = Currencies.DecimalsOf(currency);
        var value = minor * Currencies.MinorUnitOf(currency);
        var pattern = "#,##0" + (digits == 0 ? "" : "." + new string('0', digits)) + (decimal.Truncate(minor) == minor ? "" : digits == 0 ? ".####" : "####");
        return $"{value.ToString(pattern, _numbers)} {currency}";
    }

    public string Energy(long wh) => wh is > -1000 and < 1000 ? $"{Number(wh)} Wh" : $"{Number(wh / 1000m, wh < 100_000 ? 2 : 1)} kWh";

    public string Power(long w) => Math.Abs(w) < 1000 ? $"{Number(w)} W" : $"{Number(w / 1000m, 1)} kW";

    public string Span(TimeSpan span) =>
        span < TimeSpan.Zero ? "0 s"
        : span.TotalSeconds < 1 ? $"{Number((decimal)span.TotalMilliseconds)} ms"
        : span.TotalMinutes < 1 ? $"{Number((decimal)span.TotalSeconds, span.TotalSeconds < 10 ? 1 : 0)} s"
        : span.TotalHours < 1 ? $"{(int)span.TotalMinutes} min {span.Seconds:00} s"
        : span.TotalDays < 2 ? $"{(int)span.TotalHours} h {span.Minutes:00} min"
        : $"{(int)span.TotalDays} d {span.Hours} h";

    /// <summary>In UTC, for before the page's script has run.</summary>
    public string Time(DateTimeOffset at) => Written(at.UtcDateTime);

    /// <summary>By the clocks of a place, with the name of its zone, for where no browser is: a printed receipt.</summary>
    public string Time(DateTimeOffset at, TimeZoneInfo zone) => $"{Written(TimeZoneInfo.ConvertTime(at, zone).DateTime)} {zone.Id}";

    private string Written(DateTime time) =>
        time.ToString(language == "de" ? "dd.MM.yyyy HH:mm:ss" : "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
}
