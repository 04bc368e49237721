using System.Buffers;
using System.Text;

namespace Voltwright.Jq;

public readonly partial struct JsonValue
{
    private const int IndentWidth = 2;

    /// <summary>Reads one JSON value, as liberally as jq: a byte order mark and <c>nan</c> are taken too.</summary>
    /// <exception cref="JsonFormatException">The text is not one JSON value; messages are jq's.</exception>
    public static JsonValue Parse(string text)
    {
        var buffer = Scratch.RentFor(text);
        try
        {
            return Parse(buffer.AsSpan(0, Encoding.UTF8.GetBytes(text, buffer)));
        }
        finally
        {
            Scratch.Return(buffer);
        }
    }

    /// <summary>Reads one JSON value of UTF-8, as <see cref="Parse(string)"/> does.</summary>
    /// <exception cref="JsonFormatException">The text is not one JSON value; messages are jq's.</exception>
    public static JsonValue Parse(ReadOnlySpan<byte> utf8)
    {
        var reader = new JsonReader(utf8);
        try
        {
            if (!reader.More())
                throw new JsonFormatException("Expected JSON value", 1, 1);
            var value = reader.Next();
            return reader.More() ? throw new JsonFormatException("Unexpected extra JSON values", 1, reader.Position + 1) : value;
        }
        finally
        {
            reader.Release();
        }
    }

    /// <summary>The value as compact JSON text.</summary>
    public override string ToString()
    {
        TryPrint(long.MaxValue, out var text);
        return text;
    }

    /// <summary>The value over several lines, indented by two blanks.</summary>
    public string ToIndentedString()
    {
        var text = new ArrayBufferWriter<byte>();
        WriteTo(text, indented: true);
        return Encoding.UTF8.GetString(text.WrittenSpan);
    }

    /// <summary>The value as compact JSON text in UTF-8.</summary>
    public byte[] ToUtf8()
    {
        var writer = new JsonWriter(0, long.MaxValue);
        writer.Write(this);
        var bytes = writer.Written.ToArray();
        writer.Release();
        return bytes;
    }

    /// <summary>Writes the value as UTF-8, compact or over several lines.</summary>
    public void WriteTo(IBufferWriter<byte> output, bool indented = false)
    {
        var writer = new JsonWriter(indented ? IndentWidth : 0, long.MaxValue);
        writer.Write(this);
        output.Write(writer.Written);
        writer.Release();
    }

    /// <summary>Prints at most about so many bytes; false when there would be more.</summary>
    internal bool TryPrint(long limit, out string text)
    {
        var writer = new JsonWriter(0, limit);
        var whole = writer.Write(this);
        text = Encoding.UTF8.GetString(writer.Written);
        writer.Release();
        return whole;
    }

    /// <summary>A number as it is written; its text is kept where a double would print otherwise.</summary>
    internal static JsonValue FromNumberText(string text) => text[0] == '-'
        ? JsonNumber.Literal(text.AsSpan(1), negative: true)
        : JsonNumber.Literal(text, negative: false);

    internal static JsonValue FromBig(BigNumber big, double number) => new(big, number);

    /// <summary>The number with the other sign, its text kept. Zero has none (as literals have it in jq).</summary>
    internal JsonValue Negate()
    {
        if (_content is not BigNumber big)
            return _number == 0 ? 0 : -_number;
        if (big.Text[0] == '-')
            return new JsonValue(new BigNumber(big.Text[1..]), -_number);
        return big.IsZero ? this : new JsonValue(new BigNumber("-" + big.Text), -_number);
    }
}
