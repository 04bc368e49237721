using System.Globalization;
using System.Text.RegularExpressions;
using Voltwright.Jq;

namespace Voltwright.Workflows.Reading;

/// <summary>Plain scalars by the core schema (YAML 1.2.2, section 10.3.2): <c>on</c>, <c>yes</c> and dates are strings.</summary>
internal static partial class CoreScalars
{
    public static JsonValue Resolve(string text) => text switch
    {
        "" or "~" or "null" or "Null" or "NULL" => JsonValue.Null,
        "true" or "True" or "TRUE" => true,
        "false" or "False" or "FALSE" => false,
        _ => Number(text) ?? text,
    };

    private static JsonValue? Number(string text)
    {
        if (Decimal().IsMatch(text))
            return JsonValue.Parse(Canonical(text));
        if (Octal().IsMatch(text))
            return text[2..].Aggregate(0L, (sum, digit) => (sum * 8) + (digit - '0'));
        if (Hexadecimal().IsMatch(text))
            return long.Parse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
        return null;
    }

    // JSON knows neither +1 nor 01 nor .5 nor 1.
    private static string Canonical(string text)
    {
        var negative = text[0] == '-';
        var digits = text.TrimStart('+', '-').TrimStart('0');
        if (digits.Length == 0 || !char.IsAsciiDigit(digits[0]))
            digits = "0" + digits;
        digits = TrailingPoint().Replace(digits, "$1");
        return negative ? "-" + digits : digits;
    }

    [GeneratedRegex(@"^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]{1,3})?$")]
    private static partial Regex Decimal();

    [GeneratedRegex("^0o[0-7]{1,20}$")]
    private static partial Regex Octal();

    [GeneratedRegex("^0x[0-9a-fA-F]{1,15}$")]
    private static partial Regex Hexadecimal();

    [GeneratedRegex(@"\.(e|E|$)")]
    private static partial Regex TrailingPoint();
}
