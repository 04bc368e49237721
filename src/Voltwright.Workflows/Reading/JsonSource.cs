using System.Text;
using System.Text.Json;
using Voltwright.Jq;
using Voltwright.Workflows.Findings;

namespace Voltwright.Workflows.Reading;

/// <summary>JSON text to nodes. Columns count bytes, which are characters in all but exotic definitions.</summary>
internal static class JsonSource
{
    /// <exception cref="SourceException">The text is not JSON, or too large.</exception>
    public static SourceNode? Read(string text, ReadingContext context)
    {
        var utf8 = Encoding.UTF8.GetBytes(text);
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = SourceLimits.Depth, CommentHandling = JsonCommentHandling.Skip });
        var builder = new SourceBuilder(context);
        var lines = new LineCounter(utf8);
        try
        {
            while (reader.Read())
                Take(ref reader, lines.At((int)reader.TokenStartIndex), builder);
        }
        catch (JsonException e)
        {
            var message = e.Message.Split(" LineNumber:", 2)[0];
            throw new SourceException(Rules.Syntax, message, (int)(e.LineNumber ?? 0) + 1, (int)(e.BytePositionInLine ?? 0) + 1);
        }

        return builder.Root;
    }

    private static void Take(ref Utf8JsonReader reader, (int Line, int Column) at, SourceBuilder builder)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject: builder.OpenMapping(at.Line, at.Column); break;
            case JsonTokenType.StartArray: builder.OpenSequence(at.Line, at.Column); break;
            case JsonTokenType.EndObject or JsonTokenType.EndArray: builder.Close(); break;
            case JsonTokenType.PropertyName: builder.Name(reader.GetString()!, at.Line, at.Column); break;
            case JsonTokenType.String: builder.Leaf(at.Line, at.Column, reader.GetString()); break;
            default: builder.Leaf(at.Line, at.Column, JsonValue.Parse(reader.ValueSpan)); break;
        }
    }

    private sealed class LineCounter(byte[] utf8)
    {
        private int _position;
        private int _line = 1;
        private int _lineStart;

        public (int Line, int Column) At(int index)
        {
            for (; _position < index; _position++)
            {
                if (utf8[_position] != '\n')
                    continue;
                _line++;
                _lineStart = _position + 1;
            }

            return (_line, index - _lineStart + 1);
        }
    }
}
