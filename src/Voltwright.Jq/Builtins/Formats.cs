using System.Text;
using Voltwright.Jq.Evaluation;

namespace Voltwright.Jq.Builtins;

/// <summary>The <c>@formats</c> (jq manual, "Format strings and escaping").</summary>
internal static class Formats
{
    private const string Base32Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    private static readonly Dictionary<string, NativeCall0> Table = new()
    {
        ["text"] = Strings.ToText,
        ["json"] = Strings.ToJson,
        ["csv"] = (m, input) => Row(m, input, "csv", ",", text => $"\"{Escape(text).Replace("\"", "\"\"", StringComparison.Ordinal)}\""),
        ["tsv"] = (m, input) => Row(m, input, "tsv", "\t", text => Escape(text.Replace("\\", "\\\\", StringComparison.Ordinal))
            .Replace("\t", "\\t", StringComparison.Ordinal).Replace("\r", "\\r", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal)),
        ["html"] = (m, input) => OfText(m, input, text => Escape(text).Replace("&", "&amp;", StringComparison.Ordinal)
            .Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal)
            .Replace("'", "&apos;", StringComparison.Ordinal).Replace("\"", "&quot;", StringComparison.Ordinal)),
        ["sh"] = Shell,
        ["uri"] = (m, input) => OfText(m, input, EncodeUri),
        ["urid"] = DecodeUri,
        ["base64"] = (m, input) => OfText(m, input, text => Convert.ToBase64String(Encoding.UTF8.GetBytes(text))),
        ["base64d"] = DecodeBase64,
        ["base32"] = (m, input) => OfText(m, input, EncodeBase32),
        ["base32d"] = DecodeBase32,
    };

    public static NativeCall0? Named(string name) => Table.GetValueOrDefault(name);

    private static JsonValue OfText(Machine m, JsonValue input, Func<string, string> format)
    {
        var text = Strings.ToText(m, input);
        if (text.IsSignal || !m.ChargeText(text.AsString().Length * 2L))
            return JsonValue.Failed;
        return format(text.AsString());
    }

    private static JsonValue Refuse(Machine m, JsonValue value, string why) => m.Fail($"{Kinds.Name(value)} ({Kinds.Excerpt(value)}) {why}");

    /// <summary>No format lets a NUL through.</summary>
    private static string Escape(string text) => text.Replace("\0", "\\0", StringComparison.Ordinal);

    private static JsonValue Row(Machine m, JsonValue input, string format, string separator, Func<string, string> quote)
    {
        if (!input.TryGetArray(out var cells))
            return Refuse(m, input, $"cannot be {format}-formatted, only array");
        var parts = new List<string>();
        foreach (var cell in cells)
        {
            if (cell.IsArray || cell.IsObject)
                return Refuse(m, cell, "is not valid in a csv row");
            parts.Add(cell.IsNull || double.IsNaN(cell.Number) ? "" : cell.TryGetString(out var text) ? quote(text) : cell.ToString());
        }

        var row = string.Join(separator, parts);
        return m.ChargeText(row.Length) ? row : JsonValue.Failed;
    }

    private static JsonValue Shell(Machine m, JsonValue input)
    {
        var words = new List<string>();
        foreach (var word in input.TryGetArray(out var array) ? array : JsonArray.Of(input))
        {
            if (word.IsArray || word.IsObject)
                return Refuse(m, word, "can not be escaped for shell");
            words.Add(word.TryGetString(out var text) ? $"'{Escape(text).Replace("'", "'\\''", StringComparison.Ordinal)}'" : word.ToString());
        }

        return string.Join(' ', words);
    }

    private static string EncodeUri(string text)
    {
        var result = new StringBuilder();
        foreach (var b in Encoding.UTF8.GetBytes(text))
        {
            var c = (char)b;
            if (char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or '~')
                result.Append(c);
            else
                result.Append('%').Append(b.ToString("X2", System.Globalization.CultureInfo.InvariantCulture));
        }

        return result.ToString();
    }

    private static JsonValue DecodeUri(Machine m, JsonValue input)
    {
        var text = Strings.ToText(m, input);
        if (text.IsSignal)
            return text;
        var encoded = Encoding.UTF8.GetBytes(text.AsString());
        var decoded = new List<byte>(encoded.Length);
        for (var i = 0; i < encoded.Length; i++)
        {
            if (encoded[i] != '%')
            {
                decoded.Add(encoded[i]);
                continue;
            }

            if (i + 2 >= encoded.Length || !char.IsAsciiHexDigit((char)encoded[i + 1]) || !char.IsAsciiHexDigit((char)encoded[i + 2]))
                return Refuse(m, text, "is not a valid uri encoding");
            decoded.Add(Convert.FromHexString([(char)encoded[++i], (char)encoded[++i]])[0]);
        }

        try
        {
            return Strict.GetString([.. decoded]);
        }
        catch (DecoderFallbackException)
        {
            return Refuse(m, text, "is not a valid uri encoding");
        }
    }

    /// <summary>Padding may be missing; whatever follows the first padding is not looked at.</summary>
    private static JsonValue DecodeBase64(Machine m, JsonValue input)
    {
        var text = Strings.ToText(m, input);
        if (text.IsSignal)
            return text;
        var digits = text.AsString().AsSpan();
        if (digits.IndexOf('=') is var end and >= 0)
            digits = digits[..end];
        foreach (var c in digits)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('+' or '/'))
                return Refuse(m, text, "is not valid base64 data");
        }

        if (digits.Length % 4 == 1)
            return Refuse(m, text, "trailing base64 byte found");
        return Encoding.UTF8.GetString(Convert.FromBase64String($"{digits}{new string('=', (4 - (digits.Length % 4)) % 4)}"));
    }

    private static string EncodeBase32(string text)
    {
        var result = new StringBuilder();
        var (bits, count) = (0, 0);
        foreach (var b in Encoding.UTF8.GetBytes(text))
        {
            bits = ((bits << 8) | b) & 0xFFFF;
            for (count += 8; count >= 5; count -= 5)
                result.Append(Base32Alphabet[(bits >> (count - 5)) & 31]);
        }

        if (count > 0)
            result.Append(Base32Alphabet[(bits << (5 - count)) & 31]);
        return result.Append('=', (8 - (result.Length % 8)) % 8).ToString();
    }

    private static JsonValue DecodeBase32(Machine m, JsonValue input)
    {
        var text = Strings.ToText(m, input);
        if (text.IsSignal)
            return text;
        var decoded = new List<byte>();
        var (bits, count) = (0, 0);
        foreach (var c in text.AsString().TrimEnd('='))
        {
            var digit = Base32Alphabet.IndexOf(c, StringComparison.Ordinal);
            if (digit < 0)
                return Refuse(m, text, "is not valid base32 data");
            bits = ((bits << 5) | digit) & 0xFFFF;
            if ((count += 5) < 8)
                continue;
            count -= 8;
            decoded.Add((byte)(bits >> count));
        }

        return Encoding.UTF8.GetString([.. decoded]);
    }
}
