using System.Collections;

namespace Voltwright.Jq;

/// <summary>
/// An immutable JSON object that keeps the order of its members. Every change returns a new one, which shares the keys and,
/// where there are many members, most of the values.
/// </summary>
public sealed class JsonObject : IReadOnlyCollection<KeyValuePair<string, JsonValue>>
{
    /// <summary>From here on values live in an array that shares what does not change.</summary>
    private const int Large = 64;

    private readonly KeyTable _keys;
    private readonly JsonValue[]? _values;
    private readonly JsonArray? _many;

    private JsonObject(KeyTable keys, JsonValue[] values) => (_keys, _values) = (keys, values);

    private JsonObject(KeyTable keys, JsonArray many) => (_keys, _many) = (keys, many);

    /// <summary><c>{}</c>.</summary>
    public static JsonObject Empty { get; } = new(KeyTable.Empty, []);

    /// <summary>Members.</summary>
    public int Count => _values?.Length ?? _many!.Count;

    /// <summary>The names, in the order of the members (jq manual, <c>keys_unsorted</c>).</summary>
    public IEnumerable<string> Keys
    {
        get
        {
            for (var i = 0; i < Count; i++)
                yield return _keys[i];
        }
    }

    internal KeyTable Table => _keys;

    /// <summary>The member of that name; <see cref="JsonValue.Null"/> when there is none.</summary>
    public JsonValue this[string key] => IndexOf(key) is var i and >= 0 ? ValueAt(i) : default;

    /// <summary>Builds an object; of two members with one name the last wins, in the first one's place.</summary>
    public static JsonObject Of(params ReadOnlySpan<(string Key, JsonValue Value)> members)
    {
        var (keys, values, count) = (KeyTable.Empty, new JsonValue[members.Length], 0);
        foreach (var (key, value) in members)
        {
            if (keys.IndexOf(key, count) is var known and >= 0)
            {
                values[known] = value;
                continue;
            }

            keys = keys.Append(count, key);
            values[count++] = value;
        }

        return Make(keys, count == values.Length ? values : values[..count]);
    }

    /// <summary>Whether there is a member of that name, be it <c>null</c> (jq manual, <c>has</c>).</summary>
    public bool ContainsKey(string key) => IndexOf(key) >= 0;

    /// <summary>The member of that name; false and <see cref="JsonValue.Null"/> when there is none.</summary>
    public bool TryGetValue(string key, out JsonValue value)
    {
        var i = IndexOf(key);
        value = i < 0 ? default : ValueAt(i);
        return i >= 0;
    }

    /// <summary>The object with that member changed in its place, or added as the last.</summary>
    public JsonObject With(string key, JsonValue value)
    {
        var i = IndexOf(key);
        if (i < 0)
            return Append(key, value);
        if (_many is not null)
            return new(_keys, _many.With(i, value));
        var copy = (JsonValue[])_values!.Clone();
        copy[i] = value;
        return new(_keys, copy);
    }

    /// <summary>The object without that member; this one when there is none.</summary>
    public JsonObject Without(string key)
    {
        var i = IndexOf(key);
        if (i < 0)
            return this;
        string[] keys = [.. _keys.Keys(i), .. _keys.Keys(Count)[(i + 1)..]];
        var values = Values;
        return Make(new KeyTable(keys, keys.Length), [.. values[..i], .. values[(i + 1)..]]);
    }

    /// <summary>Goes through the members in their order, without allocating.</summary>
    public Enumerator GetEnumerator() => new(this);

    IEnumerator<KeyValuePair<string, JsonValue>> IEnumerable<KeyValuePair<string, JsonValue>>.GetEnumerator() => GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    internal string KeyAt(int index) => _keys[index];

    internal JsonValue ValueAt(int index) => _values is { } values ? values[index] : _many![index];

    internal int IndexOf(string key) => _keys.IndexOf(key, Count);

    /// <summary>The same keys over other values, which are taken over.</summary>
    internal JsonObject WithValues(JsonValue[] values) => Make(_keys, values);

    /// <summary>The same keys over other values; where there is nothing, the key goes too.</summary>
    internal JsonObject WithoutNothing(JsonValue[] values)
    {
        var left = new Builder();
        for (var i = 0; i < values.Length; i++)
        {
            if (!values[i].IsNothing)
                left.Set(KeyAt(i), values[i]);
        }

        return left.ToObject();
    }

    /// <summary>Keys and values that match, both taken over.</summary>
    internal static JsonObject Make(KeyTable keys, JsonValue[] values) =>
        values.Length == 0 ? Empty : values.Length < Large ? new(keys, values) : new(keys, JsonArray.Wrap(values));

    /// <summary>The members of both; the other's win.</summary>
    internal JsonObject With(JsonObject other)
    {
        if (Count == 0 || other.Count == 0)
            return Count == 0 ? other : this;
        if (other.Count > 4 && Count + other.Count < Large)
            return Merge(other);
        var result = this;
        for (var i = 0; i < other.Count; i++)
            result = result.With(other.KeyAt(i), other.ValueAt(i));
        return result;
    }

    private ReadOnlySpan<JsonValue> Values => _values ?? _many!.AsSpan();

    private JsonObject Merge(JsonObject other)
    {
        Span<int> places = stackalloc int[other.Count];
        var added = 0;
        for (var i = 0; i < places.Length; i++)
        {
            places[i] = IndexOf(other.KeyAt(i));
            if (places[i] < 0)
                places[i] = Count + added++;
        }

        var values = new JsonValue[Count + added];
        Values.CopyTo(values);
        var keys = _keys;
        for (var i = 0; i < places.Length; i++)
        {
            values[places[i]] = other.ValueAt(i);
            if (places[i] >= Count)
                keys = keys.Append(places[i], other.KeyAt(i));
        }

        return Make(keys, values);
    }

    private JsonObject Append(string key, JsonValue value)
    {
        var count = Count;
        var keys = _keys.Append(count, key);
        if (_many is not null)
            return new(keys, _many.Add(value));
        var values = new JsonValue[count + 1];
        _values!.CopyTo(values, 0);
        values[count] = value;
        return Make(keys, values);
    }

    /// <summary>Goes through the members in their order, without anything to collect afterwards.</summary>
    public struct Enumerator(JsonObject members) : IEnumerator<KeyValuePair<string, JsonValue>>
    {
        private int _at = -1;

        /// <inheritdoc/>
        public readonly KeyValuePair<string, JsonValue> Current => new(members.KeyAt(_at), members.ValueAt(_at));

        readonly object IEnumerator.Current => Current;

        /// <inheritdoc/>
        public bool MoveNext() => ++_at < members.Count;

        /// <inheritdoc/>
        public void Reset() => _at = -1;

        /// <inheritdoc/>
        public readonly void Dispose()
        {
        }
    }

    /// <summary>Collects members for one <see cref="JsonObject"/>.</summary>
    public sealed class Builder
    {
        private KeyTable _keys = KeyTable.Empty;
        private JsonValue[] _values = new JsonValue[8];
        private int _count;

        /// <summary>Changes the member in its place, or adds it as the last.</summary>
        public Builder Set(string key, JsonValue value)
        {
            if (_keys.IndexOf(key, _count) is var known and >= 0)
            {
                _values[known] = value;
                return this;
            }

            if (_count == _values.Length)
                Array.Resize(ref _values, _count * 2);
            _keys = _keys.Append(_count, key);
            _values[_count++] = value;
            return this;
        }

    /// <summary>Goes through the members in their order, without allocating.</summary>
        public JsonObject ToObject() => Make(_keys, _values[.._count]);
    }
}
