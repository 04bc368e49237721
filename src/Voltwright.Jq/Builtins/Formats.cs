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
        ["csv"] = (m, input) => Row(m, input, "csv", ",", (row, text) =>
            row.Append("\"") && row.Append(text, "\0\"", c => c == '\0' ? "\\0" : "\"\"") && row.Append("\"")),
        ["tsv"] = (m, input) => Row(m, input, "tsv", "\t", (row, text) => row.Append(text, "\0\\\t\r\n", InTabs)),
        ["html"] = Html,
        ["sh"] = Shell,
        ["uri"] = (m, input) => OfText(m, input, EncodeUri),
        ["urid"] = DecodeUri,
        ["base64"] = (m, input) => OfText(m, input, EncodeBase64),
        ["base64d"] = DecodeBase64,
        ["base32"] = (m, input) => OfText(m, input, EncodeBase32),
        ["base32d"] = DecodeBase32,
    };

    public static NativeCall0? Named(string name) => Table.GetValueOrDefault(name);

    private static JsonValue OfText(Machine m, JsonValue input, Func<Machine, byte[], JsonValue> format)
    {
        var text = Strings.ToText(m, input);
        if (text.IsSignal || !m.ChargeText(Encoding.UTF8.GetByteCount(text.AsString())))
            return JsonValue.Failed;
        return format(m, Encoding.UTF8.GetBytes(text.AsString()));
    }

    private static JsonValue Refuse(Machine m, JsonValue value, string why) => m.Fail($"{Kinds.Name(value)} ({Kinds.Excerpt(value)}) {why}");

    private static JsonValue Html(Machine m, JsonValue input)
    {
        var text = Strings.ToText(m, input);
        if (text.IsSignal)
            return text;
        var escaped = new BoundedText(m);
        return escaped.Append(text.AsString(), "\0&<>'\"", c => c switch
        {
            '\0' => "\\0",
            '&' => "&amp;",
            '<' => "&lt;",
            '>' => "&gt;",
            '\'' => "&apos;",
            _ => "&quot;",
        }) ? escaped.ToValue() : JsonValue.Failed;
    }

    private static string InTabs(char c) => c switch
    {
        '\0' => "\\0",
        '\\' => "\\\\",
        '\t' => "\\t",
        '\r' => "\\r",
        _ => "\\n",
    };

    private static JsonValue Row(Machine m, JsonValue input, string format, string separator, Func<BoundedText, string, bool> quote)
    {
        if (!input.TryGetArray(out var cells))
            return Refuse(m, input, $"cannot be {format}-formatted, only array");
        var row = new BoundedText(m);
        for (var i = 0; i < cells.Count; i++)
        {
            var cell = cells[i];
            if (cell.IsArray || cell.IsObject)
                return Refuse(m, cell, "is not valid in a csv row");
            if (i > 0 && !row.Append(separator))
                return JsonValue.Failed;
            var fits = cell.IsNull || double.IsNaN(cell.Number) || (cell.TryGetString(out var text) ? quote(row, text) : row.Append(cell.ToString()));
            if (!fits)
                return JsonValue.Failed;
        }

        return row.ToValue();
    }

    private static JsonValue Shell(Machine m, JsonValue input)
    {
        var line = new BoundedText(m);
        var words = input.TryGetArray(out var array) ? array : JsonArray.Of(input);
        for (var i = 0; i < words.Count; i++)
        {
            var word = words[i];
            if (word.IsArray || word.IsObject)
                return Refuse(m, word, "can not be escaped for shell");
            if (i > 0 && !line.Append(" "))
                return JsonValue.Failed;
            var fits = word.TryGetString(out var text)
                ? line.Append("'") && line.Append(text, "\0'", c => c == '\0' ? "\\0" : "'\\''") && line.Append("'")
                : line.Append(word.ToString());
            if (!fits)
                return JsonValue.Failed;
        }

        return line.ToValue();
    }

    private static JsonValue EncodeUri(Machine m, byte[] text)
    {
        var result = new BoundedText(m);
        Span<char> escaped = ['%', '0', '0'];
        foreach (var b in text)
        {
            var c = (char)b;
            var isPlain = char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or '~';
            if (!isPlain)
                b.TryFormat(escaped[1..], out _, "X2", System.Globalization.CultureInfo.InvariantCulture);
            if (!result.Append(isPlain ? [c] : escaped))
                return JsonValue.Failed;
        }

        return result.ToValue();
    }

    private static JsonValue EncodeBase64(Machine m, byte[] text) =>
        m.ChargeText((text.Length + 2) / 3 * 4L) ? Convert.ToBase64String(text) : JsonValue.Failed;

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

    private static JsonValue EncodeBase32(Machine m, byte[] text)
    {
        var length = (text.Length + 4) / 5 * 8L;
        if (!m.ChargeText(length))
            return JsonValue.Failed;
        var result = new StringBuilder((int)length);
        var (bits, count) = (0, 0);
        foreach (var b in text)
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
