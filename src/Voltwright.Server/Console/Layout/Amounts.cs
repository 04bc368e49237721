using System.Globalization;
using Voltwright.Tariffs;

namespace Voltwright.Server.Console.Layout;

/// <summary>Amounts and numbers as people type them, with a point or a comma before the decimals.</summary>
internal static class Amounts
{
    private const decimal Most = 1_000_000_000;

    /// <summary>Null when it is none, or larger than anything that is billed.</summary>
    public static decimal? ReadNumber(string? text) => decimal.TryParse(
        (text ?? "").Trim().Replace(',', '.'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number <= Most ? number : null;

    /// <summary>The same number without zeroes at the end: 39.500 is 39.5.</summary>
    public static decimal Plain(decimal number) => number / 1.0000000000000000000000000000m;

    /// <summary>In minor units of the currency; null when it is no amount, or has more decimals than the currency: 1.000 may be meant as a thousand.</summary>
    public static long? ReadMinor(string? text, string currency)
    {
        if (ReadNumber(text) is not { } amount || amount.Scale > Currencies.MinorUnitOf(currency).Scale)
            return null;
        var minor = amount / Currencies.MinorUnitOf(currency);
        return decimal.Truncate(minor) == minor ? (long)minor : null;
    }
}
