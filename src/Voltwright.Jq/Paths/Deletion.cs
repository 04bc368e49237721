using Voltwright.Jq.Evaluation;

namespace Voltwright.Jq.Paths;

/// <summary>Deletes sorted paths from a value, deepest parts first within each key.</summary>
internal static class Deletion
{
    public static JsonValue Delete(Machine m, JsonValue value, ReadOnlySpan<JsonArray> paths, int depth)
    {
        var doomed = new List<JsonValue>();
        while (paths.Length > 0)
        {
            var key = paths[0][depth];
            var same = 1;
            while (same < paths.Length && paths[same][depth] == key)
                same++;
            if (paths[0].Count == depth + 1)
                doomed.Add(key);
            else
                value = Inside(m, value, key, paths[..same], depth);
            if (value.IsFailed)
                return value;
            paths = paths[same..];
        }

        return Remove(m, value, doomed);
    }

    private static JsonValue Inside(Machine m, JsonValue value, JsonValue key, ReadOnlySpan<JsonArray> paths, int depth)
    {
        var inner = Access.Get(m, value, key);
        if (inner.IsSignal || inner.IsNull)
            return inner.IsNull ? value : inner;
        var changed = Delete(m, inner, paths, depth + 1);
        return changed.IsFailed ? changed : Updates.Set(m, value, key, changed);
    }

    private static JsonValue Remove(Machine m, JsonValue value, List<JsonValue> keys)
    {
        if (keys.Count == 0 || value.IsNull)
            return value;
        if (value.TryGetArray(out var array))
            return FromArray(m, array, keys);
        if (!value.TryGetObject(out var members))
            return m.Fail($"Cannot delete fields from {Kinds.Name(value)}");
        foreach (var key in keys)
        {
            if (!key.TryGetString(out _))
                return m.Fail($"Cannot delete {Kinds.Name(key)} field of object");
        }

        if (keys.Count == 1)
            return members.Without(keys[0].AsString());
        var gone = keys.Select(key => key.AsString()).ToHashSet(StringComparer.Ordinal);
        var left = new JsonObject.Builder();
        foreach (var (name, member) in members)
        {
            if (!gone.Contains(name))
                left.Set(name, member);
        }

        return left.ToObject();
    }

    private static JsonValue FromArray(Machine m, JsonArray array, List<JsonValue> keys)
    {
        var gone = new bool[array.Count];
        foreach (var key in keys)
        {
            if (key.IsNumber)
            {
                if (double.IsNaN(key.Number))
                    continue;
                var at = (long)Math.Clamp(key.Number, int.MinValue, int.MaxValue);
                if (at < 0)
                    at += array.Count;
                if ((ulong)at < (ulong)array.Count)
                    gone[at] = true;
            }
            else if (!key.IsObject)
            {
                return m.Fail($"Cannot delete {Kinds.Name(key)} element of array");
            }
            else if (Access.Bounds(key, array.Count) is var (start, end))
            {
                gone.AsSpan(start, end - start).Fill(true);
            }
            else
            {
                return m.Fail("Array/string slice indices must be integers");
            }
        }

        return JsonArray.From(array.Where((_, i) => !gone[i]));
    }
}
