using Voltwright.Jq.Evaluation;

namespace Voltwright.Jq.Paths;

/// <summary>Reading one element of a value (jq manual, "Basic filters").</summary>
internal static class Access
{
    private static readonly JsonObject SliceShape = JsonObject.Of(("start", default), ("end", default));

    public static JsonValue SliceKey(JsonValue from, JsonValue to) => SliceShape.With("start", from).With("end", to);

    public static JsonValue Get(Machine m, JsonValue target, JsonValue key)
    {
        switch (target.Content)
        {
            case JsonObject members when key.Content is string name:
                return members[name];
            case JsonArray array when key.IsNumber:
                return Item(array, key.Number);
            case JsonArray array when key.IsObject:
                return Slice(m, array, key);
            case string text when key.IsObject:
                return Slice(m, text, key);
            case JsonArray array when key.TryGetArray(out var part):
                return IndexesOf(m, array, part);
            case null when key.IsString || key.IsNumber || key.IsObject:
                return default;
            default:
                return m.Fail(m.Quiet > 0 ? "" : $"Cannot index {Kinds.Name(target)} with {Kinds.Name(key)} ({Kinds.Excerpt(key)})");
        }
    }

    public static JsonValue Item(JsonArray array, double index)
    {
        if (double.IsNaN(index))
            return default;
        var at = (long)Math.Clamp(index, int.MinValue, int.MaxValue);
        if (at < 0)
            at += array.Count;
        return (ulong)at < (ulong)array.Count ? array[(int)at] : default;
    }

    public static JsonValue CannotIterate(Machine m, JsonValue value) =>
        m.Quiet > 0 ? "" : $"Cannot iterate over {Kinds.Name(value)} ({Kinds.Excerpt(value)})";

    /// <summary>The bounds of a slice: the start rounded down, the end rounded up, both kept inside. Null when one is missing or no number.</summary>
    public static (int Start, int End)? Bounds(JsonValue slice, int length)
    {
        if (!slice.TryGetObject(out var bounds) || !bounds.TryGetValue("start", out var from) || !bounds.TryGetValue("end", out var to))
            return null;
        if ((!from.IsNull && !from.IsNumber) || (!to.IsNull && !to.IsNumber))
            return null;
        var start = from.IsNull || double.IsNaN(from.Number) ? 0 : from.Number;
        start = Math.Clamp(start < 0 ? start + length : start, 0, length);
        var first = (int)start;
        var end = to.IsNull || double.IsNaN(to.Number) ? length : to.Number;
        if (end < 0)
            end += length;
        var last = end < 0 ? first : end >= length ? length : (int)Math.Ceiling(end);
        return (first, Math.Max(first, last));
    }

    /// <summary>Every place where the second array stands in the first.</summary>
    public static JsonValue IndexesOf(Machine m, JsonArray array, JsonArray part)
    {
        if (part.Count == 0)
            return JsonArray.Empty;
        var found = new ListSink(m);
        for (var i = 0; i + part.Count <= array.Count; i++)
        {
            var same = 0;
            while (same < part.Count && m.Work(1) && Builtins.Comparison.Equal.Apply(m, array[i + same], part[same]) is { IsTruthy: true, IsFailed: false })
                same++;
            if (!m.Step() || m.HasFailed || (same == part.Count && found.Take(i, null) == Flow.Stop))
                return JsonValue.Failed;
        }

        return found.ToArray();
    }

    private static JsonValue Slice(Machine m, JsonArray array, JsonValue key)
    {
        if (Bounds(key, array.Count) is not var (start, end))
            return m.Fail("Array/string slice indices must be integers");
        return m.Charge(16L * (end - start)) ? array.Slice(start, end) : JsonValue.Failed;
    }

    private static JsonValue Slice(Machine m, string text, JsonValue key)
    {
        if (Bounds(key, CodePoints.Count(text)) is not var (start, end))
            return m.Fail("Array/string slice indices must be integers");
        return m.ChargeText(end - start) && m.Work(text.Length) ? CodePoints.Slice(text, start, end) : JsonValue.Failed;
    }
}
