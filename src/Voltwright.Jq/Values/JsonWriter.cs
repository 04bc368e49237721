using System.Buffers;
using System.Globalization;
using System.Text;
using System.Runtime.CompilerServices;

namespace Voltwright.Jq;

/// <summary>Prints JSON as jq does, without recursion, into a pooled buffer; stops when a limit is reached.</summary>
internal ref struct JsonWriter(int indent, long limit)
{
    private const int DeepestPrinted = 10_000;

    /// <summary>Objects with more keys are rarely alike: their keys' texts are not kept.</summary>
    private const int FewKeys = 64;

    private static readonly SearchValues<char> Escaped =
        SearchValues.Create([.. Enumerable.Range(0, 32).Select(i => (char)i), '"', '\\', '\u007f']);

    private byte[] _buffer = Scratch.Rent(256);
    private int _length;
    private (object Container, int Next)[] _open = [];
    private int _depth;

    public readonly ReadOnlySpan<byte> Written => _buffer.AsSpan(0, _length);

    public void Release() => Scratch.Return(_buffer);

    /// <summary>False: the limit is passed, what is written is only a part.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool Write(JsonValue value)
    {
        Begin(value);
        while (_depth > 0 && _length <= limit)
        {
            ref var top = ref _open[_depth - 1];
            var at = top.Next++;
            if (top.Container is JsonArray array)
            {
                if (!Separate(at, array.Count, (byte)']'))
                    continue;
                Begin(array[at]);
            }
            else
            {
                var members = (JsonObject)top.Container;
                if (!Separate(at, members.Count, (byte)'}'))
                    continue;
                if (members.Count <= FewKeys)
                    Raw(members.Table.Json(at));
                else
                    Text(members.KeyAt(at));
                Raw(indent > 0 ? ": "u8 : ":"u8);
                Begin(members.ValueAt(at));
            }
        }

        return _length <= limit;
    }

    /// <summary>Before an element: a comma, a new line. False: there is none, and its container is closed.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool Separate(int at, int count, byte close)
    {
        if (at < count)
        {
            if (at > 0)
                Raw(","u8);
            NewLine(_depth);
            return true;
        }

        _depth--;
        NewLine(_depth);
        Byte(close);
        return false;
    }

    private void NewLine(int depth)
    {
        if (indent == 0)
            return;
        var width = depth * indent;
        var space = Space(width + 1);
        space[0] = (byte)'\n';
        space.Slice(1, width).Fill((byte)' ');
        _length += width + 1;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Begin(JsonValue value)
    {
        if (_depth > DeepestPrinted)
        {
            Raw("<skipped: too deep>"u8);
            return;
        }

        switch (value.Content)
        {
            case null:
                Raw("null"u8);
                break;
            case string text:
                Text(text);
                break;
            case JsonArray array when array.Count == 0:
                Raw("[]"u8);
                break;
            case JsonObject members when members.Count == 0:
                Raw("{}"u8);
                break;
            case JsonArray or JsonObject:
                Raw(value.IsArray ? "["u8 : "{"u8);
                Open(value.Content);
                break;
            default:
                Scalar(value);
                break;
        }
    }

    private void Open(object container)
    {
        if (_depth == _open.Length)
            Array.Resize(ref _open, Math.Max(8, _depth * 2));
        _open[_depth++] = (container, 0);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Scalar(JsonValue value)
    {
        if (!value.IsNumber)
            Raw(value.IsTruthy ? "true"u8 : "false"u8);
        else if (value.Content is BigNumber big)
            Ascii(big.Text);
        else if (Math.Abs(value.Number) < 1e15 && Math.Floor(value.Number) == value.Number && (value.Number != 0 || !double.IsNegative(value.Number)))
            Whole((long)value.Number);
        else if (JsonNumber.PrintsPlain(value.Number) && value.Number.TryFormat(Space(32), out var written, default, CultureInfo.InvariantCulture))
            _length += written;
        else
            Ascii(JsonNumber.Format(value.Number));
    }

    private void Whole(long number)
    {
        System.Buffers.Text.Utf8Formatter.TryFormat(number, Space(24), out var written);
        _length += written;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Text(string text)
    {
        Raw("\""u8);
        var rest = text.AsSpan();
        while (rest.IndexOfAny(Escaped) is var at and >= 0)
        {
            Utf8(rest[..at]);
            Escape(rest[at]);
            rest = rest[(at + 1)..];
        }

        Utf8(rest);
        Raw("\""u8);
    }

    private void Escape(char c)
    {
        var name = "\"\\\b\f\n\r\t".AsSpan().IndexOf(c);
        if (name < 0)
        {
            Ascii($"\\u{(int)c:x4}");
            return;
        }

        Byte((byte)'\\');
        Byte("\"\\bfnrt"u8[name]);
    }

    private void Utf8(ReadOnlySpan<char> text) => _length += Encoding.UTF8.GetBytes(text, Space(text.Length * 3));

    private void Ascii(string text) => _length += Encoding.ASCII.GetBytes(text, Space(text.Length));

    private void Byte(byte value)
    {
        Space(1)[0] = value;
        _length++;
    }

    private void Raw(scoped ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Space(bytes.Length));
        _length += bytes.Length;
    }

    private Span<byte> Space(int size)
    {
        if (_length + size > _buffer.Length)
        {
            var larger = Scratch.Rent(Math.Max(_buffer.Length * 2, _length + size));
            _buffer.AsSpan(0, _length).CopyTo(larger);
            Scratch.Return(_buffer);
            _buffer = larger;
        }

        return _buffer.AsSpan(_length);
    }
}
