using System.Collections;

namespace Voltwright.Jq;

/// <summary>An immutable JSON object that keeps the order of its members. Every change returns a new one.</summary>
public sealed class JsonObject : IReadOnlyCollection<KeyValuePair<string, JsonValue>>
{
    private readonly KeyValuePair<string, JsonValue>[] _members;

    private JsonObject(KeyValuePair<string, JsonValue>[] members) => _members = members;

    public static JsonObject Empty { get; } = new([]);

    public int Count => _members.Length;

    public IEnumerable<string> Keys => _members.Select(m => m.Key);

    /// <summary>The member of that name; <see cref="JsonValue.Null"/> when there is none.</summary>
    public JsonValue this[string key] => IndexOf(key) is var i and >= 0 ? _members[i].Value : default;

    /// <summary>Builds an object; of two members with one name the last wins, in the first one's place.</summary>
    public static JsonObject Of(params ReadOnlySpan<(string Key, JsonValue Value)> members)
    {
        var result = new Builder();
        foreach (var (key, value) in members)
            result.Set(key, value);
        return result.ToObject();
    }

    public bool ContainsKey(string key) => IndexOf(key) >= 0;

    public bool TryGetValue(string key, out JsonValue value)
    {
        var i = IndexOf(key);
        value = i < 0 ? default : _members[i].Value;
        return i >= 0;
    }

    public JsonObject With(string key, JsonValue value)
    {
        var i = IndexOf(key);
        if (i < 0)
            return new([.. _members, new(key, value)]);
        var copy = (KeyValuePair<string, JsonValue>[])_members.Clone();
        copy[i] = new(key, value);
        return new(copy);
    }

    internal string KeyAt(int index) => _members[index].Key;

    internal JsonValue ValueAt(int index) => _members[index].Value;

    /// <summary>The same keys over other values.</summary>
    internal JsonObject WithValues(JsonValue[] values) => new([.. _members.Select((m, i) => new KeyValuePair<string, JsonValue>(m.Key, values[i]))]);

    internal JsonObject With(JsonObject other)
    {
        var result = this;
        foreach (var (key, value) in other)
            result = result.With(key, value);
        return result;
    }

    public JsonObject Without(string key) => IndexOf(key) is var i and >= 0 ? new([.. _members[..i], .. _members[(i + 1)..]]) : this;

    public IEnumerator<KeyValuePair<string, JsonValue>> GetEnumerator() => ((IEnumerable<KeyValuePair<string, JsonValue>>)_members).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private int IndexOf(string key)
    {
        for (var i = 0; i < _members.Length; i++)
        {
            if (_members[i].Key == key)
                return i;
        }

        return -1;
    }

    /// <summary>Collects members for one <see cref="JsonObject"/>.</summary>
    public sealed class Builder
    {
        private readonly List<KeyValuePair<string, JsonValue>> _members = [];
        private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);

        public Builder Set(string key, JsonValue value)
        {
            if (_places.TryAdd(key, _members.Count))
                _members.Add(new(key, value));
            else
                _members[_places[key]] = new(key, value);
            return this;
        }

        public JsonObject ToObject() => _members.Count == 0 ? Empty : new([.. _members]);
    }
}
