using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Runtime.CompilerServices;

namespace Voltwright.Jq;

/// <summary>
/// Reads JSON text as jq does, without recursion: open arrays and objects stand on a stack, their finished values in one buffer.
/// Objects with the same keys at the same depth share them, in one text and in those that follow on the same thread.
/// </summary>
internal ref partial struct JsonReader
{
    public const int DeepestNesting = 10_000;
    private const int MostKept = 1 << 21;
    private const int RememberedDepth = 64;

    private static readonly SearchValues<byte> EndOfPlainText = SearchValues.Create([(byte)'"', (byte)'\\', .. Enumerable.Range(0, 32).Select(i => (byte)i)]);

    /// <summary>What a thread remembers of the keys it has read.</summary>
    [ThreadStatic]
    private static Open[]? _spare;

    private readonly ReadOnlySpan<byte> _text;
    private int _at;
    private JsonValue[] _values = ArrayPool<JsonValue>.Shared.Rent(64);
    private int _count;
    private Open[] _open = _spare ?? new Open[16];
    private int _depth;
    private ArrayBufferWriter<byte>? _unescaped;

    public JsonReader(ReadOnlySpan<byte> text)
    {
        _text = text;
        _spare = null;
        if (text.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]))
            _at = 3;
    }

    public readonly int Position => _at;

    /// <summary>Whether anything but blanks is left.</summary>
    public bool More()
    {
        SkipBlanks();
        return _at < _text.Length;
    }

    /// <exception cref="JsonFormatException">What comes next is no JSON value.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public JsonValue Next()
    {
        while (true)
        {
            SkipBlanks();
            if (_at >= _text.Length)
                throw Error(_depth > 0 ? "Unfinished JSON term" : "Expected JSON value", atEnd: true);
            if (Begin())
                continue;
            while (Ends(out var done))
            {
                if (_depth == 0)
                    return done;
                Keep(done);
            }
        }
    }

    public void Release()
    {
        Return(_values);
        _values = [];
        if (_open.Length <= RememberedDepth)
            _spare = _open;
    }

    /// <summary>Room that only a huge document needed is not kept.</summary>
    private static void Return(JsonValue[] room)
    {
        if (room.Length <= MostKept)
            ArrayPool<JsonValue>.Shared.Return(room, clearArray: true);
    }

    /// <summary>Reads a scalar into the buffer, or opens an array or object. True: a value has to follow.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool Begin()
    {
        switch (_text[_at])
        {
            case (byte)'[':
                Enter(isArray: true);
                SkipBlanks();
                return !Ahead(']');
            case (byte)'{':
                Enter(isArray: false);
                SkipBlanks();
                if (Ahead('}'))
                    return false;
                Key();
                return true;
            case (byte)'"':
                Keep(ReadString());
                return false;
            default:
                Keep(Scalar());
                return false;
        }
    }

    /// <summary>After a value: goes to the next one (false), or closes what it ends.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool Ends(out JsonValue done)
    {
        done = default;
        if (_depth == 0)
        {
            done = _values[--_count];
            return true;
        }

        SkipBlanks();
        if (_at >= _text.Length)
            throw Error("Unfinished JSON term", atEnd: true);
        ref var open = ref _open[_depth - 1];
        var c = _text[_at++];
        if (c == ',' && _count > open.Start)
        {
            SkipBlanks();
            if (!open.IsArray)
                Key();
            else if (Ahead(']'))
                throw Error("Expected another array element", 1);
            return false;
        }

        if (open.IsArray ? c == ']' : c == '}')
        {
            done = Close(ref open);
            return true;
        }

        throw c switch
        {
            (byte)']' => Error("Unmatched ']'"),
            (byte)'}' => Error("Unmatched '}'"),
            (byte)':' => Error("':' not as part of an object"),
            _ => Error("Expected separator between values"),
        };
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private JsonValue Close(ref Open open)
    {
        var values = _values.AsSpan(open.Start, _count - open.Start);
        JsonValue result = open.IsArray ? JsonArray.Of(values) : open.ToObject(values);
        _count = open.Start;
        _depth--;
        return result;
    }

    private void Enter(bool isArray)
    {
        if (_depth >= DeepestNesting)
            throw Error("Exceeds depth limit for parsing", 1);
        _at++;
        if (_depth == _open.Length)
            Array.Resize(ref _open, _depth * 2);
        _open[_depth++].Begin(isArray, _count);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Key()
    {
        if (_at >= _text.Length || _text[_at] != '"')
            throw KeyError();
        ref var open = ref _open[_depth - 1];
        if (!open.Expects(_text[_at..], out var length, _count))
            open.Add(ReadString(), _count);
        else
            _at += length;
        SkipBlanks();
        if (_at >= _text.Length)
            throw Error("Unfinished JSON term", atEnd: true);
        if (_text[_at++] != ':')
            throw Error("Objects must consist of key:value pairs");
    }

    private JsonFormatException KeyError()
    {
        if (_at >= _text.Length)
            return Error("Unfinished JSON term", atEnd: true);
        if (_text[_at] == '}')
            return Error("Expected another key-value pair", 1);
        if (_text[_at] is not ((byte)'[' or (byte)'{' or (byte)',' or (byte)':'))
            Scalar();
        SkipBlanks();
        return Error("Object keys must be strings", 1);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private JsonValue Scalar()
    {
        var start = _at;
        while (_at < _text.Length && _text[_at] is not ((byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n' or (byte)'"'
            or (byte)'[' or (byte)']' or (byte)'{' or (byte)'}' or (byte)',' or (byte)':'))
            _at++;
        var word = _text[start.._at];
        if (JsonNumber.TryReadPlain(word, out var plain))
            return plain;
        if (word.SequenceEqual("true"u8))
            return true;
        if (word.SequenceEqual("false"u8))
            return false;
        if (word.SequenceEqual("null"u8))
            return default;
        if (word.IsEmpty)
            throw Error(_at < _text.Length ? Misplaced(_text[_at]) : "Expected JSON value", 1);
        return JsonNumber.TryParse(Encoding.UTF8.GetString(word), out var number) ? number : throw WordError(word);
    }

    private readonly string Misplaced(byte c) => c switch
    {
        (byte)',' => "Expected value before ','",
        (byte)':' => "Expected string key before ':'",
        (byte)']' => "Unmatched ']'",
        _ => _depth > 0 && !_open[_depth - 1].IsArray ? "Objects must consist of key:value pairs" : "Unmatched '}'",
    };

    private JsonFormatException WordError(ReadOnlySpan<byte> word)
    {
        var what = word[0] switch
        {
            (byte)'\'' => "Invalid string literal; expected \", but got '",
            (byte)'t' or (byte)'f' => "Invalid literal",
            (byte)'n' when word.Length > 1 && word[1] == 'u' => "Invalid literal",
            _ => "Invalid numeric literal",
        };
        return Error(what, 1, atEnd: _at >= _text.Length);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private string ReadString()
    {
        var start = ++_at;
        var length = _text[start..].IndexOfAny(EndOfPlainText);
        if (length >= 0 && _text[start + length] == '"')
        {
            _at = start + length + 1;
            return Encoding.UTF8.GetString(_text.Slice(start, length));
        }

        return ReadEscaped(start);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private string ReadEscaped(int start)
    {
        var bytes = _unescaped ??= new();
        bytes.ResetWrittenCount();
        _at = start;
        while (true)
        {
            var length = _text[_at..].IndexOfAny(EndOfPlainText);
            if (length < 0)
            {
                _at = _text.Length;
                throw Error("Unfinished string", atEnd: true);
            }

            bytes.Write(_text.Slice(_at, length));
            _at += length;
            var c = _text[_at++];
            if (c == '"')
                return Encoding.UTF8.GetString(bytes.WrittenSpan);
            if (c != '\\')
                throw Error("Invalid string: control characters from U+0000 through U+001F must be escaped");
            Escape(bytes);
        }
    }

    private void Escape(ArrayBufferWriter<byte> bytes)
    {
        var c = _at < _text.Length ? _text[_at++] : (byte)0;
        var plain = "\"\\/bfnrt"u8.IndexOf(c);
        if (plain >= 0)
        {
            bytes.Write("\"\\/\b\f\n\r\t"u8.Slice(plain, 1));
            return;
        }

        if (c != 'u')
            throw Error("Invalid escape");
        var unit = Hex();
        if (char.IsHighSurrogate((char)unit))
        {
            if (_at + 1 >= _text.Length || _text[_at] != '\\' || _text[_at + 1] != 'u')
                throw Error("Invalid \\uXXXX\\uXXXX surrogate pair escape");
            _at += 2;
            var low = Hex();
            if (!char.IsLowSurrogate((char)low))
                throw Error("Invalid \\uXXXX\\uXXXX surrogate pair escape");
            unit = char.ConvertToUtf32((char)unit, (char)low);
        }

        var rune = Rune.IsValid(unit) ? new Rune(unit) : Rune.ReplacementChar;
        bytes.Advance(rune.EncodeToUtf8(bytes.GetSpan(4)));
    }

    private int Hex()
    {
        if (_at + 4 > _text.Length)
            throw Error("Invalid \\uXXXX escape");
        if (!Utf8Parser.TryParse(_text.Slice(_at, 4), out int unit, out var used, 'x') || used != 4)
            throw Error("Invalid characters in \\uXXXX escape");
        _at += 4;
        return unit;
    }

    private void Keep(JsonValue value)
    {
        if (_count == _values.Length)
        {
            var larger = ArrayPool<JsonValue>.Shared.Rent(_count * 2);
            _values.CopyTo(larger, 0);
            Return(_values);
            _values = larger;
        }

        _values[_count++] = value;
    }

    private readonly bool Ahead(char c) => _at < _text.Length && _text[_at] == c;

    private void SkipBlanks()
    {
        while (_at < _text.Length && _text[_at] is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t')
            _at++;
    }

    /// <summary>
    /// The message counts columns as jq does, who notices a wrong word one character behind it; the exception's own place is exact.
    /// </summary>
    private readonly JsonFormatException Error(string message, int ahead = 0, bool atEnd = false)
    {
        var (line, column) = Place(Math.Min(_at + (atEnd ? 0 : ahead), _text.Length));
        var (exactLine, exactColumn) = Place(Math.Min(_at, _text.Length));
        return new($"{message} at {(atEnd ? "EOF at " : "")}line {line}, column {column}", exactLine, Math.Max(exactColumn, 1));
    }

    private readonly (int Line, int Column) Place(int at)
    {
        var before = _text[..at];
        return (before.Count((byte)'\n') + 1, at - (before.LastIndexOf((byte)'\n') + 1));
    }
}
