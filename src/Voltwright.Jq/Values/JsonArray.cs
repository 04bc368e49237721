using System.Collections;

namespace Voltwright.Jq;

/// <summary>
/// An immutable JSON array. Every change returns a new one, which shares what it can: additions at the end share the store
/// while there is room behind the last element, and changes to long arrays copy one block of it.
/// </summary>
public sealed class JsonArray : IReadOnlyList<JsonValue>
{
    private const int BlockBits = 8;
    private const int BlockSize = 1 << BlockBits;

    /// <summary>From here on a changed element means copying a block rather than the array.</summary>
    private const int LongArray = 8 * BlockSize;

    private readonly int _count;
    private readonly JsonValue[][]? _blocks;
    private JsonValue[]? _items;
    private Tail? _tail;

    private JsonArray(JsonValue[] items, int count, Tail? tail) => (_items, _count, _tail) = (items, count, tail);

    private JsonArray(JsonValue[][] blocks, int count) => (_blocks, _count) = (blocks, count);

    /// <summary><c>[]</c>.</summary>
    public static JsonArray Empty { get; } = new([], 0, null);

    /// <summary>Elements.</summary>
    public int Count => _count;

    /// <summary>The element at that zero-based index.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such index.</exception>
    public JsonValue this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)_count, nameof(index));
            return _items is { } items ? items[index] : _blocks![index >> BlockBits][index & (BlockSize - 1)];
        }
    }

    /// <summary>An array of a copy of the items.</summary>
    public static JsonArray Of(params ReadOnlySpan<JsonValue> items) => items.IsEmpty ? Empty : Wrap(items.ToArray());

    /// <summary>An array of the items, which are enumerated at once.</summary>
    public static JsonArray From(IEnumerable<JsonValue> items) => Wrap(items as JsonValue[] is { } array ? [.. array] : [.. items]);

    /// <summary>The array with one element more at its end; amortised over many, without copying.</summary>
    public JsonArray Add(JsonValue item)
    {
        if (_items is null)
            return AddToBlocks(item);
        var (items, tail) = Room(1);
        items[_count] = item;
        return new(items, _count + 1, tail);
    }

    /// <exception cref="ArgumentOutOfRangeException">There is no such index.</exception>
    public JsonArray With(int index, JsonValue item)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)_count);
        if (_blocks is null && _count < LongArray)
        {
            var copy = _items!.AsSpan(0, _count).ToArray();
            copy[index] = item;
            return new(copy, _count, null);
        }

        var blocks = _blocks is null ? Cut() : (JsonValue[][])_blocks.Clone();
        var block = blocks[index >> BlockBits];
        blocks[index >> BlockBits] = block = _blocks is null ? block : (JsonValue[])block.Clone();
        block[index & (BlockSize - 1)] = item;
        return new(blocks, _count);
    }

    /// <summary>All elements; an array that was changed inside is copied into one piece at the first call.</summary>
    public ReadOnlySpan<JsonValue> AsSpan()
    {
        if (_items is null)
        {
            var flat = new JsonValue[_blocks!.Length * BlockSize];
            for (var i = 0; i < _blocks.Length; i++)
                _blocks[i].CopyTo(flat, i * BlockSize);
            _items = flat;
        }

        return _items.AsSpan(0, _count);
    }

    /// <summary>Goes through the items in order, without allocating.</summary>
    public Enumerator GetEnumerator() => new(this);

    IEnumerator<JsonValue> IEnumerable<JsonValue>.GetEnumerator() => GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Takes the array over: nobody may change it afterwards.</summary>
    internal static JsonArray Wrap(JsonValue[] items) => items.Length == 0 ? Empty : new(items, items.Length, null);

    internal static JsonArray Wrap(JsonValue[] items, int count) =>
        count == 0 ? Empty : count < items.Length / 2 ? Wrap(items[..count]) : new(items, count, new Tail { Used = count });

    /// <summary>Lengthened with nulls.</summary>
    internal JsonArray PadTo(int count) => count == _count ? this : Concat(new(new JsonValue[count - _count], count - _count, null));

    internal JsonArray Slice(int start, int end)
    {
        if (start == 0 && end == _count)
            return this;
        if (_items is not null || end - start > BlockSize)
            return Of(AsSpan()[start..end]);
        var items = new JsonValue[end - start];
        for (var i = 0; i < items.Length; i++)
            items[i] = this[start + i];
        return Wrap(items);
    }

    internal JsonArray Concat(JsonArray other)
    {
        if (other.Count == 0 || _count == 0)
            return _count == 0 ? other : this;
        AsSpan();
        var (items, tail) = Room(other.Count);
        other.AsSpan().CopyTo(items.AsSpan(_count));
        return new(items, _count + other.Count, tail);
    }

    /// <summary>A store with that much room behind this array's end, which nobody else will write to.</summary>
    private (JsonValue[] Items, Tail Tail) Room(int more)
    {
        var needed = _count + more;
        if (_tail is { } tail && needed <= _items!.Length && Interlocked.CompareExchange(ref tail.Used, needed, _count) == _count)
            return (_items, tail);
        var items = new JsonValue[Math.Max(needed, needed < 8 ? 4 : _count + (_count / 2) + more)];
        _items!.AsSpan(0, _count).CopyTo(items);
        return (items, new Tail { Used = needed });
    }

    private JsonArray AddToBlocks(JsonValue item)
    {
        var full = (_count & (BlockSize - 1)) == 0;
        var blocks = new JsonValue[full ? _blocks!.Length + 1 : _blocks!.Length][];
        _blocks.CopyTo(blocks, 0);
        var last = blocks.Length - 1;
        blocks[last] = full ? new JsonValue[BlockSize] : (JsonValue[])blocks[last].Clone();
        blocks[last][_count & (BlockSize - 1)] = item;
        return new(blocks, _count + 1);
    }

    private JsonValue[][] Cut()
    {
        var blocks = new JsonValue[(_count + BlockSize - 1) >> BlockBits][];
        for (var i = 0; i < blocks.Length; i++)
        {
            blocks[i] = new JsonValue[BlockSize];
            var start = i << BlockBits;
            _items.AsSpan(start, Math.Min(BlockSize, _count - start)).CopyTo(blocks[i]);
        }

        return blocks;
    }

    /// <summary>Goes through the elements, without anything to collect afterwards.</summary>
    public struct Enumerator(JsonArray array) : IEnumerator<JsonValue>
    {
        private int _at = -1;

        /// <inheritdoc/>
        public readonly JsonValue Current => array[_at];

        readonly object IEnumerator.Current => Current;

        /// <inheritdoc/>
        public bool MoveNext() => ++_at < array.Count;

        /// <inheritdoc/>
        public void Reset() => _at = -1;

        /// <inheritdoc/>
        public readonly void Dispose()
        {
        }
    }

    /// <summary>How much of a shared store is taken; whoever moves it from the own end may write behind that.</summary>
    private sealed class Tail
    {
        public int Used;
    }
}
