using System.Runtime.CompilerServices;

namespace Voltwright.Jq;

/// <summary>
/// The keys of objects, in order. Objects built alike share one; each sees the first so many keys. Small tables never change
/// (adding a key leads to another, remembered table); large ones grow in place behind the last key that anyone sees.
/// </summary>
internal sealed class KeyTable
{
    private const int Small = 16;
    private const int Scanned = 8;

    /// <summary>Longer keys are data rather than names: what follows by them is not remembered.</summary>
    private const int LongestName = 64;

    /// <summary>Tables that followed others lately; of two that meet in a place the newer stays.</summary>
    private static readonly KeyTable?[] Followers = new KeyTable?[4096];

    private readonly Lock _gate = new();
    private string[] _keys;
    private byte[]?[]? _json;
    private int _used;
    private int[]? _index;
    private KeyTable? _next;
    private KeyTable? _before;

    public KeyTable(string[] keys, int used) => (_keys, _used) = (keys, used);

    public static KeyTable Empty { get; } = new([], 0);

    /// <summary>The table of these keys, no two of which are the same.</summary>
    public static KeyTable Of(List<string> keys)
    {
        if (keys.Count > Small)
            return new([.. keys], keys.Count);
        var table = Empty;
        for (var i = 0; i < keys.Count; i++)
            table = table.Append(i, keys[i]);
        return table;
    }

    /// <summary>How many keys there are in all.</summary>
    public int Known => Volatile.Read(ref _used);

    public string this[int position] => _keys[position];

    public ReadOnlySpan<string> Keys(int count) => _keys.AsSpan(0, count);

    /// <summary>The key as JSON text with its quotes, for a writer, and for a reader that expects it again.</summary>
    public ReadOnlySpan<byte> Json(int position)
    {
        var json = _json;
        if (json is null || json.Length <= position)
            _json = json = new byte[_keys.Length][];
        return json[position] ??= ((JsonValue)_keys[position]).ToUtf8();
    }

    public int IndexOf(string key, int count)
    {
        if (count > Scanned)
            return Find(key, count);
        var keys = _keys;
        for (var i = 0; i < count; i++)
        {
            if (ReferenceEquals(keys[i], key))
                return i;
        }

        for (var i = 0; i < count; i++)
        {
            if (keys[i] == key)
                return i;
        }

        return -1;
    }

    /// <summary>A table whose first keys are the first <paramref name="count"/> of this one, followed by the new one.</summary>
    public KeyTable Append(int count, string key)
    {
        if (Volatile.Read(ref _used) > count && _keys[count] == key)
            return this;
        if (count > Small)
            return Grow(count, key) ? this : Branch(count, key, count * 2);
        if (count != _used)
            return Branch(count, key, count + 1);
        if (_next is { } next && next._keys[count] == key)
            return next;
        if (key.Length > LongestName)
            return Branch(count, key, count + 1);

        ref var place = ref Followers[(RuntimeHelpers.GetHashCode(this) ^ key.GetHashCode()) & (Followers.Length - 1)];
        if (place is not { } known || known._before != this || known._keys[count] != key)
        {
            known = Branch(count, key, count + 1);
            known._before = this;
            place = known;
        }

        _next ??= known;
        return known;
    }

    private KeyTable Branch(int count, string key, int room)
    {
        var keys = new string[room];
        _keys.AsSpan(0, count).CopyTo(keys);
        keys[count] = key;
        return new KeyTable(keys, count + 1);
    }

    private bool Grow(int count, string key)
    {
        lock (_gate)
        {
            if (_used != count)
                return false;
            if (count == _keys.Length)
            {
                var keys = new string[count * 2];
                _keys.CopyTo(keys, 0);
                _keys = keys;
            }

            _keys[count] = key;
            if (_index is { } index && index.Length > count * 2)
                Insert(index, key, count);
            else
                _index = null;
            Volatile.Write(ref _used, count + 1);
            return true;
        }
    }

    /// <summary>Open addressing; entries hold the position plus one. Positions beyond the caller's count belong to others.</summary>
    private int Find(string key, int count)
    {
        var index = _index ?? Build();
        var keys = _keys;
        var mask = index.Length - 1;
        for (var at = key.GetHashCode() & mask; index[at] is var entry and > 0; at = (at + 1) & mask)
        {
            if (entry <= count && keys[entry - 1] == key)
                return entry - 1;
        }

        return -1;
    }

    private int[] Build()
    {
        lock (_gate)
        {
            if (_index is { } built)
                return built;
            var index = new int[System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Math.Max(_used, Small) * 4)];
            for (var i = 0; i < _used; i++)
                Insert(index, _keys[i], i);
            return _index = index;
        }
    }

    private static void Insert(int[] index, string key, int position)
    {
        var mask = index.Length - 1;
        var at = key.GetHashCode() & mask;
        while (index[at] > 0)
            at = (at + 1) & mask;
        Volatile.Write(ref index[at], position + 1);
    }
}
