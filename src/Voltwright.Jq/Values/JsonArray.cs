using System.Collections;

namespace Voltwright.Jq;

/// <summary>An immutable JSON array. Every change returns a new one.</summary>
public sealed class JsonArray : IReadOnlyList<JsonValue>
{
    private readonly JsonValue[] _items;

    private JsonArray(JsonValue[] items) => _items = items;

    public static JsonArray Empty { get; } = new([]);

    public int Count => _items.Length;

    public JsonValue this[int index] => _items[index];

    public static JsonArray Of(params ReadOnlySpan<JsonValue> items) => items.IsEmpty ? Empty : new(items.ToArray());

    public static JsonArray From(IEnumerable<JsonValue> items) => new([.. items]);

    /// <summary>Takes the array over: nobody may change it afterwards.</summary>
    internal static JsonArray Wrap(JsonValue[] items) => items.Length == 0 ? Empty : new(items);

    internal static JsonArray Wrap(JsonValue[] items, int count) => Wrap(count == items.Length ? items : items[..count]);

    /// <summary>Lengthened with nulls.</summary>
    internal JsonArray PadTo(int count)
    {
        var copy = _items;
        Array.Resize(ref copy, count);
        return new(copy);
    }

    internal JsonArray Slice(int start, int end) => Wrap(_items[start..end]);

    internal JsonArray Concat(JsonArray other) => Wrap([.. _items, .. other._items]);

    public JsonArray Add(JsonValue item) => new([.. _items, item]);

    /// <exception cref="ArgumentOutOfRangeException">There is no such index.</exception>
    public JsonArray With(int index, JsonValue item)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)_items.Length);
        var copy = (JsonValue[])_items.Clone();
        copy[index] = item;
        return new(copy);
    }

    public ReadOnlySpan<JsonValue> AsSpan() => _items;

    public IEnumerator<JsonValue> GetEnumerator() => ((IEnumerable<JsonValue>)_items).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
