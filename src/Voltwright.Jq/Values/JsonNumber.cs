using System.Globalization;
using System.Runtime.CompilerServices;

namespace Voltwright.Jq;

/// <summary>Numbers as text: what jq reads, and how it prints literals (as they were written) and computed numbers (17 digits at most).</summary>
internal static class JsonNumber
{
    /// <summary>Whole numbers of so many digits are exact and print as they are.</summary>
    private const int ExactDigits = 15;
    private const double ExactLimit = 1e15;

    /// <summary>From here up to <see cref="ExactLimit"/> the framework prints as jq does.</summary>
    private const double SmallestPlain = 1e-3;

    private static readonly double[] PowersOfTen = [.. Enumerable.Range(0, ExactDigits + 1).Select(i => Math.Pow(10, i))];

    /// <summary>The largest power of ten a literal keeps; beyond it is infinite (jq's decimal library).</summary>
    private const long LargestExponent = 999_999_999;

    /// <summary>Reads a number that a double holds and prints just as it is written, the frequent case. False: this is another one, or none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool TryReadPlain(ReadOnlySpan<byte> text, out double number)
    {
        number = 0;
        var start = text.Length > 0 && text[0] == '-' ? 1 : 0;
        var (digits, point) = (0L, -1);
        if (text.Length == start || text.Length - start > ExactDigits || text[^1] == '.')
            return false;
        for (var i = start; i < text.Length; i++)
        {
            var digit = text[i] - '0';
            if ((uint)digit <= 9)
                digits = (digits * 10) + digit;
            else if (text[i] == '.' && point < 0 && i > start)
                point = i;
            else
                return false;
        }

        // Zeros in front of others, or at the end of a fraction, would not be printed again; nor would the sign of zero.
        if (text[start] == '0' && text.Length > start + 1 && point != start + 1)
            return false;
        if (point < 0 ? digits == 0 && start == 1 : text[^1] == '0')
            return false;
        number = point < 0 ? digits : digits / PowersOfTen[text.Length - point - 1];
        if (point >= 0 && number < SmallestPlain)
            return false;
        number = start == 1 ? -number : number;
        return true;
    }

    /// <summary>Reads what <c>tonumber</c> reads: a number with an optional sign, digits missing before or after the point, or <c>nan</c>.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out JsonValue number)
    {
        var unsigned = text.Length > 0 && text[0] is '-' or '+' ? text[1..] : text;
        number = double.NaN;
        if (unsigned.Equals("nan", StringComparison.OrdinalIgnoreCase))
            return true;
        if (unsigned.Equals("infinity", StringComparison.OrdinalIgnoreCase) || unsigned.Equals("inf", StringComparison.OrdinalIgnoreCase))
        {
            number = text[0] == '-' ? double.NegativeInfinity : double.PositiveInfinity;
            return true;
        }

        if (!IsDecimal(unsigned))
            return false;
        number = Literal(unsigned, negative: text[0] == '-');
        return true;
    }

    /// <summary>A number written with digits, point and exponent, but no sign.</summary>
    public static JsonValue Literal(ReadOnlySpan<char> text, bool negative)
    {
        var value = double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
        value = negative ? -value : value;
        var canonical = Canonical(text, negative);
        if (canonical is null)
            return negative ? double.NegativeInfinity : double.PositiveInfinity;
        return canonical == Format(value) && Exact(canonical) ? value : JsonValue.FromBig(new BigNumber(canonical), value);
    }

    /// <summary>The shortest text that reads back as the number.</summary>
    public static string Format(double number)
    {
        if (double.IsNaN(number))
            return "null";
        if (Math.Abs(number) < ExactLimit && Math.Floor(number) == number)
            return number == 0 && double.IsNegative(number) ? "-0" : ((long)number).ToString(CultureInfo.InvariantCulture);
        var (digits, exponent) = Decimal(Math.Min(Math.Abs(number), double.MaxValue).ToString("R", CultureInfo.InvariantCulture));
        return (number < 0 ? "-" : "") + Arrange(digits, digits.Length + exponent);
    }

    /// <summary>Whether the framework's shortest text of the number is jq's as well.</summary>
    public static bool PrintsPlain(double number) => Math.Abs(number) is >= SmallestPlain and < ExactLimit;

    /// <summary>Compares two literals whose doubles are the same.</summary>
    public static int CompareLiterals(string left, string right)
    {
        var (a, b) = (Decimal(left.AsSpan().TrimStart('-')), Decimal(right.AsSpan().TrimStart('-')));
        var order = (a.Exponent + a.Digits.Length).CompareTo(b.Exponent + b.Digits.Length);
        if (order == 0)
            order = string.CompareOrdinal(a.Digits.TrimEnd('0'), b.Digits.TrimEnd('0'));
        return left[0] == '-' ? -order : order;
    }

    /// <summary>Whether a double holds every number of so many digits.</summary>
    private static bool Exact(string text) => text.Length <= ExactDigits || text.Count(char.IsAsciiDigit) <= ExactDigits;

    private static bool IsDecimal(ReadOnlySpan<char> text)
    {
        var (digits, at) = (0, 0);
        for (; at < text.Length && (char.IsAsciiDigit(text[at]) || (text[at] == '.' && !text[..at].Contains('.'))); at++)
            digits += text[at] == '.' ? 0 : 1;
        if (digits == 0 || at == text.Length)
            return digits > 0;
        if (text[at++] is not ('e' or 'E'))
            return false;
        if (at < text.Length && text[at] is '+' or '-')
            at++;
        return at < text.Length && !text[at..].ContainsAnyExceptInRange('0', '9');
    }

    /// <summary>jq's decimal notation of a literal: digits kept, exponent only where one is needed. Null when it is out of range.</summary>
    private static string? Canonical(ReadOnlySpan<char> text, bool negative)
    {
        var (digits, exponent) = Decimal(text);
        var adjusted = exponent + digits.Length - 1;
        if (digits != "0" && adjusted > LargestExponent)
            return null;
        var sign = negative ? "-" : "";
        if (exponent > 0 || adjusted < -6)
            return $"{sign}{digits[0]}{(digits.Length > 1 ? "." : "")}{digits.AsSpan(1)}E{(adjusted < 0 ? "" : "+")}{adjusted}";
        if (exponent == 0)
            return sign + digits;
        var place = digits.Length + (int)exponent;
        return place > 0 ? $"{sign}{digits.AsSpan(0, place)}.{digits.AsSpan(place)}" : $"{sign}0.{new string('0', -place)}{digits}";
    }

    /// <summary>The number as digits without leading zeros, times a power of ten.</summary>
    private static (string Digits, long Exponent) Decimal(ReadOnlySpan<char> text)
    {
        var exponent = 0L;
        if (text.IndexOfAny('e', 'E') is var e and >= 0)
        {
            if (!long.TryParse(text[(e + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out exponent))
                exponent = text[e + 1] == '-' ? -LargestExponent * 2 : LargestExponent * 2;
            text = text[..e];
        }

        if (text.IndexOf('.') is var point and >= 0)
        {
            exponent -= text.Length - point - 1;
            text = string.Concat(text[..point], text[(point + 1)..]);
        }

        text = text.TrimStart('0');
        return (text.IsEmpty ? "0" : text.ToString(), exponent);
    }

    /// <summary>jq's notation of a computed number whose point stands that many digits after the first.</summary>
    private static string Arrange(string digits, long place)
    {
        digits = digits.TrimEnd('0');
        return place switch
        {
            _ when place <= -4 || place > digits.Length + ExactDigits => Scientific(digits, place - 1),
            <= 0 => $"0.{new string('0', (int)-place)}{digits}",
            _ when place >= digits.Length => digits + new string('0', (int)place - digits.Length),
            _ => $"{digits.AsSpan(0, (int)place)}.{digits.AsSpan((int)place)}",
        };
    }

    private static string Scientific(string digits, long exponent) =>
        $"{digits[0]}{(digits.Length > 1 ? "." : "")}{digits.AsSpan(1)}e{(exponent < 0 ? "-" : "+")}{Math.Abs(exponent):00}";
}
