using System.Runtime.CompilerServices;

namespace Voltwright.Jq;

/// <summary>
/// How long a value is as text, at least, without printing it: a value that shares its parts can be far larger on paper
/// than in memory.
/// </summary>
internal static class JsonSize
{
    /// <summary>Stops counting beyond the limit.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static long AtLeast(JsonValue value, long limit)
    {
        if (!value.IsArray && !value.IsObject)
            return 1 + Leaf(value);
        var size = 1L;
        var open = new Stack<JsonValue>();
        open.Push(value);
        while (size <= limit && open.TryPop(out var next))
        {
            size++;
            if (next.TryGetArray(out var items))
            {
                for (var i = 0; i < items.Count; i++)
                    size += 1 + Part(items[i], open);
            }
            else
            {
                var members = next.AsObject();
                for (var i = 0; i < members.Count; i++)
                    size += 4 + members.KeyAt(i).Length + Part(members.ValueAt(i), open);
            }
        }

        return size;
    }

    private static int Part(JsonValue value, Stack<JsonValue> open)
    {
        if (!value.IsArray && !value.IsObject)
            return Leaf(value);
        open.Push(value);
        return 0;
    }

    private static int Leaf(JsonValue value) => value.TryGetString(out var text) ? text.Length + 2 : value.Number switch
    {
        > -1e3 and < 1e3 => 1,
        > -1e6 and < 1e6 => 4,
        _ => 7,
    };
}
