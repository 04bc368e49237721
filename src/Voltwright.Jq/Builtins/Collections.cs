using System.Runtime.CompilerServices;
using Voltwright.Jq.Evaluation;
using Voltwright.Jq.Paths;

namespace Voltwright.Jq.Builtins;

/// <summary>Arrays and objects.</summary>
internal static class Collections
{
    private const int DeepestCompared = 10_000;

    public static IEnumerable<JsonValue> Values(JsonValue value) =>
        value.TryGetArray(out var array) ? array : value.TryGetObject(out var members) ? members.Select(member => member.Value) : [];

    public static JsonValue Length(Machine m, JsonValue input) => input.Content switch
    {
        null => 0,
        string text => CodePoints.Count(text),
        JsonArray array => array.Count,
        JsonObject members => members.Count,
        _ when input.IsNumber => double.IsNegative(input.Number) ? input.Negate() : input,
        _ => m.Fail($"{Kinds.Name(input)} ({Kinds.Excerpt(input)}) has no length"),
    };

    public static JsonValue Keys(Machine m, JsonValue input, bool sorted)
    {
        if (input.TryGetArray(out var array))
            return JsonArray.From(Enumerable.Range(0, array.Count).Select(i => (JsonValue)i));
        if (!input.TryGetObject(out var members))
            return m.Fail($"{Kinds.Name(input)} ({Kinds.Excerpt(input)}) has no keys");
        var keys = members.Keys.ToArray();
        if (sorted)
            Array.Sort(keys, CodePoints.Compare);
        return m.Step(keys.Length) ? JsonArray.From(keys.Select(key => (JsonValue)key)) : JsonValue.Failed;
    }

    public static JsonValue Has(Machine m, JsonValue input, JsonValue key) => (input.Content, key.Content) switch
    {
        (null, _) => false,
        (JsonObject members, string name) => members.ContainsKey(name),
        (JsonArray array, _) when key.IsNumber => key.Number > -1 && key.Number < array.Count,
        _ => m.Fail($"Cannot check whether {Kinds.Name(input)} has a {Kinds.Name(key)} key"),
    };

    public static JsonValue Contains(Machine m, JsonValue input, JsonValue part)
    {
        if (input.Kind != part.Kind)
            return Arithmetic.Refuse(m, input, part, "cannot have their containment checked");
        return Holds(m, input, part, 0) is { } answer ? answer : JsonValue.Failed;
    }

    public static JsonValue Add(Machine m, JsonValue input)
    {
        if (!input.IsArray && !input.IsObject)
            return m.Fail(Access.CannotIterate(m, input));
        if (input.TryGetArray(out var parts) && parts.Count > 2 && parts.All(part => part.IsString))
            return Strings.JoinWith(m, input, "");
        return Sum(m, Values(input));

        static JsonValue Sum(Machine m, IEnumerable<JsonValue> parts)
        {
            var sum = default(JsonValue);
            foreach (var part in parts)
            {
                sum = m.Step() ? Arithmetic.Add(m, sum, part) : JsonValue.Failed;
                if (sum.IsFailed)
                    break;
            }

            return sum;
        }
    }

    /// <summary>Whatever else has a length above none fails as indexing it does.</summary>
    public static JsonValue Reverse(Machine m, JsonValue input)
    {
        if (input.TryGetArray(out var items))
            return JsonArray.From(items.Reverse());
        var length = Length(m, input);
        return length.IsFailed ? length : length.Number == 0 ? JsonArray.Empty : Access.Get(m, input, length.Number - 1);
    }

    /// <summary>The keys of an array are its indexes.</summary>
    public static JsonValue ToEntries(Machine m, JsonValue input)
    {
        IEnumerable<(JsonValue Key, JsonValue Value)>? entries = input.TryGetObject(out var members)
            ? members.Select(member => ((JsonValue)member.Key, member.Value))
            : input.TryGetArray(out var items) ? items.Select((item, i) => ((JsonValue)i, item)) : null;
        if (entries is null)
            return m.Fail($"{Kinds.Name(input)} ({Kinds.Excerpt(input)}) has no keys");
        var count = members?.Count ?? input.AsArray().Count;
        return m.Step(count) && m.Charge(80L * count)
            ? JsonArray.From(entries.Select(entry => (JsonValue)JsonObject.Of(("key", entry.Key), ("value", entry.Value))))
            : JsonValue.Failed;
    }

    public static JsonValue FromEntries(Machine m, JsonValue input)
    {
        if (!input.IsArray && !input.IsObject)
            return m.Fail(Access.CannotIterate(m, input));
        var result = new JsonObject.Builder();
        foreach (var entry in Values(input))
        {
            if (!m.Step())
                return JsonValue.Failed;
            if (!entry.TryGetObject(out var members))
                return entry.IsNull ? Refuse(m, default) : Access.Get(m, entry, "key");
            var key = First(members, "key", "k", "name", "K", "Key", "Name");
            if (!key.TryGetString(out var name))
                return Refuse(m, key);
            result.Set(name, members.ContainsKey("value") ? members["value"] : First(members, "v", "V", "Value"));
        }

        return result.ToObject();

        static JsonValue Refuse(Machine m, JsonValue key) => m.Fail($"Cannot use {Kinds.Name(key)} ({Kinds.Excerpt(key)}) as object key");
    }

    public static JsonValue Flatten(Machine m, JsonValue input, JsonValue depth)
    {
        if (depth < 0)
            return m.Fail("flatten depth must not be negative");
        if (!input.IsArray && !input.IsObject)
            return m.Fail(Access.CannotIterate(m, input));
        var items = new ListSink(m);
        return Spread(m, Values(input), depth, items) ? items.ToArray() : JsonValue.Failed;
    }

    public static JsonValue Transpose(Machine m, JsonValue input)
    {
        if (!input.IsArray && !input.IsObject)
            return m.Fail(Access.CannotIterate(m, input));
        var rows = Values(input).ToArray();
        var width = 0.0;
        foreach (var row in rows)
        {
            var length = Length(m, row);
            if (length.IsFailed)
                return length;
            width = Math.Max(width, length.Number);
        }

        if (width > 0 && Array.FindIndex(rows, row => !row.IsArray && !row.IsNull) is var wrong and >= 0)
            return Access.Get(m, rows[wrong], 0);
        if (!m.Charge((long)(16 * width * rows.Length)))
            return JsonValue.Failed;
        return JsonArray.From(Enumerable.Range(0, (int)width).Select(i => (JsonValue)JsonArray.From(rows.Select(row => row[i]))));
    }

    public static JsonValue Sort(Machine m, JsonValue input)
    {
        if (!input.TryGetArray(out var items))
            return m.Fail($"{Kinds.Name(input)} ({Kinds.Excerpt(input)}) cannot be sorted, as it is not an array");
        var ordering = new Ordering(m);
        var sorted = m.Step(items.Count) ? Sorting.Sort(items, ordering.Compare) : null;
        return sorted is null || ordering.HasFailed ? JsonValue.Failed : sorted;
    }

    public static JsonValue SortBy(Machine m, JsonValue input, JsonValue keys) =>
        Sorted(m, input, keys) is { } pairs ? JsonArray.From(pairs.Select(pair => pair.Item)) : JsonValue.Failed;

    public static JsonValue GroupBy(Machine m, JsonValue input, JsonValue keys)
    {
        if (Sorted(m, input, keys) is not { } pairs)
            return JsonValue.Failed;
        var ordering = new Ordering(m);
        var groups = new List<JsonValue>();
        for (var start = 0; start < pairs.Length;)
        {
            var end = start + 1;
            while (end < pairs.Length && ordering.Compare(pairs[end].Key, pairs[start].Key) == 0)
                end++;
            groups.Add(JsonArray.From(pairs[start..end].Select(pair => pair.Item)));
            start = end;
        }

        return ordering.HasFailed ? JsonValue.Failed : JsonArray.From(groups);
    }

    public static JsonValue UniqueBy(Machine m, JsonValue input, JsonValue keys)
    {
        var pairs = Sorted(m, input, keys);
        if (pairs is null)
            return JsonValue.Failed;
        var ordering = new Ordering(m);
        var unique = JsonArray.From(pairs.Where((pair, i) => i == 0 || ordering.Compare(pair.Key, pairs[i - 1].Key) != 0).Select(pair => pair.Item));
        return ordering.HasFailed ? JsonValue.Failed : unique;
    }

    /// <summary>The least item takes the first of equals, the greatest the last.</summary>
    public static JsonValue Extreme(Machine m, JsonValue input, JsonValue keys, bool least)
    {
        if (!input.TryGetArray(out var items) || !keys.TryGetArray(out var by))
            return Arithmetic.Refuse(m, input, keys, "cannot be iterated over");
        if (items.Count == 0 || !m.Step(items.Count))
            return items.Count == 0 ? default : JsonValue.Failed;
        var best = 0;
        var ordering = new Ordering(m);
        for (var i = 1; i < items.Count; i++)
        {
            if (ordering.Compare(by[i], by[best]) < 0 == least)
                best = i;
        }

        return ordering.HasFailed ? JsonValue.Failed : items[best];
    }

    public static JsonValue Search(Machine m, JsonValue input, JsonValue target)
    {
        if (!input.TryGetArray(out var items))
            return m.Fail($"{Kinds.Name(input)} ({Kinds.Excerpt(input)}) cannot be searched from");
        var (start, end) = (0, items.Count);
        while (start < end)
        {
            var middle = start + ((end - start) / 2);
            if (!Comparison.TryOrder(m, target, items[middle], Comparison.TooDeep, out var order))
                return JsonValue.Failed;
            if (order == 0)
                return middle;
            (start, end) = order < 0 ? (start, middle) : (middle + 1, end);
        }

        return -1 - start;
    }

    private static JsonValue First(JsonObject members, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (members.TryGetValue(name, out var value) && value.IsTruthy)
                return value;
        }

        return members[names[^1]];
    }

    /// <summary>Any depth that is no number counts as above zero, until one has to be taken away from it.</summary>
    private static bool Spread(Machine m, IEnumerable<JsonValue> items, JsonValue depth, ListSink into)
    {
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
            return m.OnStack(() => Spread(m, items, depth, into));
        foreach (var item in items)
        {
            var kept = item.TryGetArray(out var inner) && depth != 0 ? SpreadInner(inner) : into.Take(item, null) == Flow.Go;
            if (!kept || !m.Step())
                return false;
        }

        return true;

        bool SpreadInner(JsonArray inner)
        {
            var left = Arithmetic.Subtract(m, depth, 1);
            return !left.IsFailed && Spread(m, inner, left, into);
        }
    }

    private static (JsonValue Key, JsonValue Item)[]? Sorted(Machine m, JsonValue input, JsonValue keys)
    {
        if (input.TryGetArray(out var items) && keys.TryGetArray(out var by) && items.Count == by.Count)
        {
            var ordering = new Ordering(m);
            var sorted = m.Step(items.Count)
                ? Sorting.Sort<(JsonValue Key, JsonValue Item)>([.. items.Select((item, i) => (by[i], item))], (a, b) => ordering.Compare(a.Key, b.Key))
                : null;
            return ordering.HasFailed ? null : sorted;
        }

        Arithmetic.Refuse(m, input, keys, "cannot be sorted, as they are not both arrays");
        return null;
    }

    private static bool? Holds(Machine m, JsonValue whole, JsonValue part, int depth)
    {
        if (!m.Step())
            return null;
        if (depth > DeepestCompared || !RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            m.Fail("Containment check too deep");
            return null;
        }

        switch (whole.Content, part.Content)
        {
            case (string text, string wanted):
                return text.Contains(wanted, StringComparison.Ordinal);
            case (JsonArray items, JsonArray wanted):
                foreach (var item in wanted)
                {
                    var found = (bool?)false;
                    for (var i = 0; i < items.Count && found == false; i++)
                        found = Holds(m, items[i], item, depth + 1);
                    if (found != true)
                        return found;
                }

                return true;
            case (JsonObject members, JsonObject wanted):
                foreach (var (name, value) in wanted)
                {
                    var found = members.TryGetValue(name, out var mine) ? Holds(m, mine, value, depth + 1) : false;
                    if (found != true)
                        return found;
                }

                return true;
            default:
                return whole == part;
        }
    }
}
