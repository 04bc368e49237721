namespace Voltwright.Jq;

/// <summary>A stable merge sort in jq's order; unlike the framework's, it is indifferent to <c>nan</c>, which is below itself.</summary>
internal static class Sorting
{
    public static JsonArray Sort(JsonArray items, Func<JsonValue, JsonValue, int> order) => JsonArray.Wrap(Sort(items.AsSpan().ToArray(), order));

    public static T[] Sort<T>(T[] items, Func<T, T, int> order)
    {
        var other = new T[items.Length];
        for (var width = 1; width < items.Length; width *= 2)
        {
            for (var start = 0; start < items.Length; start += 2 * width)
                Merge(items, other, start, Math.Min(start + width, items.Length), Math.Min(start + (2 * width), items.Length), order);
            (items, other) = (other, items);
        }

        return items;
    }

    private static void Merge<T>(T[] from, T[] to, int start, int middle, int end, Func<T, T, int> order)
    {
        var (left, right) = (start, middle);
        for (var at = start; at < end; at++)
        {
            var takesLeft = left < middle && (right >= end || order(from[left], from[right]) <= 0);
            to[at] = from[takesLeft ? left++ : right++];
        }
    }
}
