using Voltwright.Jq.Evaluation;

namespace Voltwright.Jq.Paths;

/// <summary>Reading and changing a value at a path given as an array (jq manual, <c>getpath</c>, <c>setpath</c>, <c>delpaths</c>).</summary>
internal static class Updates
{
    /// <summary>A slice of no more elements is replaced one by one, so that the rest stays shared.</summary>
    private const int ShortSlice = 8;
    public const int LongestPath = 10_000;
    private const int LargestIndex = (int.MaxValue >> 3) - 2;

    public static JsonValue GetPath(Machine m, JsonValue root, JsonValue path)
    {
        if (!path.TryGetArray(out var keys))
            return m.Fail("Path must be specified as an array");
        if (keys.Count > LongestPath)
            return m.Fail("Path too deep");
        for (var i = 0; i < keys.Count && !root.IsFailed; i++)
            root = Access.Get(m, root, keys[i]);
        return root;
    }

    public static JsonValue SetPath(Machine m, JsonValue root, JsonValue path, JsonValue value)
    {
        if (!path.TryGetArray(out var keys))
            return m.Fail("Path must be specified as an array");
        return keys.Count > LongestPath ? m.Fail("Path too deep") : Update(m, root, keys, 0, _ => value);
    }

    /// <summary>Changes what stands at the path; <paramref name="change"/> may answer a signal, which is passed on.</summary>
    public static JsonValue Update(Machine m, JsonValue root, JsonArray keys, int index, Func<JsonValue, JsonValue> change)
    {
        if (index == keys.Count)
            return change(root);
        if (!System.Runtime.CompilerServices.RuntimeHelpers.TryEnsureSufficientExecutionStack())
            return m.OnStack(() => Update(m, root, keys, index, change));
        var inner = Access.Get(m, root, keys[index]);
        if (inner.IsSignal)
            return inner;
        var changed = Update(m, inner, keys, index + 1, change);
        return changed.IsSignal ? changed : Set(m, root, keys[index], changed);
    }

    public static JsonValue Set(Machine m, JsonValue target, JsonValue key, JsonValue value)
    {
        if (key.Content is string name && (target.IsObject || target.IsNull))
            return (target.Content as JsonObject ?? JsonObject.Empty).With(name, value);
        if (key.IsNumber && (target.IsArray || target.IsNull))
            return SetItem(m, target.Content as JsonArray ?? JsonArray.Empty, key.Number, value);
        if (key.IsObject && (target.IsArray || target.IsNull))
            return SetSlice(m, target.Content as JsonArray ?? JsonArray.Empty, key, value);
        return m.Fail(key.IsObject && target.IsString
            ? "Cannot update string slices"
            : $"Cannot update field at {Kinds.Name(key)} index of {Kinds.Name(target)}");
    }

    /// <summary>Deletes all the paths at once, so that none moves another.</summary>
    public static JsonValue Delete(Machine m, JsonValue root, JsonValue paths)
    {
        if (!paths.TryGetArray(out var list))
            return m.Fail("Paths must be specified as an array");
        var ordering = new Builtins.Ordering(m);
        var sorted = Sorting.Sort(list, ordering.Compare);
        if (ordering.HasFailed)
            return JsonValue.Failed;
        foreach (var path in sorted)
        {
            if (!path.TryGetArray(out var keys))
                return m.Fail($"Path must be specified as array, not {Kinds.Name(path)}");
            if (keys.Count > LongestPath)
                return m.Fail("Path too deep");
        }

        if (sorted.Count == 0)
            return root;
        return sorted[0].AsArray().Count == 0 ? default : Deletion.Delete(m, root, [.. sorted.Select(p => p.AsArray())], 0);
    }

    private static JsonValue SetItem(Machine m, JsonArray array, double index, JsonValue value)
    {
        if (double.IsNaN(index))
            return m.Fail("Cannot set array element at NaN index");
        var at = (long)Math.Clamp(index, int.MinValue, int.MaxValue);
        if (at < 0)
            at += array.Count;
        if (at < 0)
            return m.Fail("Out of bounds negative array index");
        if (at > LargestIndex)
            return m.Fail("Array index too large");
        if (at < array.Count)
            return array.With((int)at, value);
        if (!m.Charge(16L * (at - array.Count + 1)))
            return JsonValue.Failed;
        return array.PadTo((int)at).Add(value);
    }

    private static JsonValue SetSlice(Machine m, JsonArray array, JsonValue key, JsonValue value)
    {
        if (Access.Bounds(key, array.Count) is not var (start, end))
            return m.Fail("Array/string slice indices must be integers");
        if (!value.TryGetArray(out var items))
            return m.Fail("A slice of an array can only be assigned another array");
        if (items.Count == end - start && items.Count <= ShortSlice)
        {
            for (var i = 0; i < items.Count; i++)
                array = array.With(start + i, items[i]);
            return array;
        }

        return m.Charge(16L * (array.Count + items.Count))
            ? array.Slice(0, start).Concat(items).Concat(array.Slice(end, array.Count))
            : JsonValue.Failed;
    }
}
