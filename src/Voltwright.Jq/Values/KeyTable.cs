namespace Voltwright.Jq;

/// <summary>
/// The keys of objects, in order. Objects built alike share one; each sees the first so many keys. Small tables never change
/// (adding a key leads to another, remembered table); large ones grow in place behind the last key that anyone sees.
/// </summary>
internal sealed class KeyTable
{
    private const int Small = 16;
    private const int Scanned = 8;

    private readonly Lock _gate = new();
    private string[] _keys;
    private byte[]?[]? _json;
    private int _used;
    private int[]? _index;
    private KeyTable? _next;

    public KeyTable(string[] keys, int used) => (_keys, _used) = (keys, used);

    public static KeyTable Empty { get; } = new([], 0);

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
        if (count <= Small && _next is { } known && count == _used && known._keys[count] == key)
            return known;
        if (count > Small && Grow(count, key))
            return this;
        var keys = new string[count > Small ? count * 2 : count + 1];
        _keys.AsSpan(0, count).CopyTo(keys);
        keys[count] = key;
        var next = new KeyTable(keys, count + 1);
        if (count == _used)
            _next ??= next;
        return next;
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
