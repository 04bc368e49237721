using Voltwright.Jq;
using Voltwright.Workflows.Runs;

namespace Voltwright.Automation;

/// <summary>
/// What happened in one step of a run, as its journal holds it. Most tasks hand on what they were given: a value that is the one before it
/// is not written again, but named, in <c>same</c>.
/// </summary>
internal static class RunTrace
{
    private const string Same = "same";

    public static JsonArray Write(IReadOnlyList<TraceEntry> entries)
    {
        var before = JsonValue.Null;
        return JsonArray.From(entries.Select(entry =>
        {
            var isSame = entry.Data.IsSameAs(before);
            before = entry.Data;
            return (JsonValue)(isSame ? entry.ToJson(Same, entry.DataName) : entry.ToJson());
        }));
    }

    /// <summary>The lines of <c>voltwright run --trace</c>, each with its data.</summary>
    public static JsonArray Read(JsonArray lines)
    {
        var before = JsonValue.Null;
        return JsonArray.From(lines.Select(line =>
        {
            var known = line.AsObject();
            if (!known.TryGetValue(Same, out var name))
            {
                before = DataOf(known);
                return line;
            }

            var whole = new JsonObject.Builder();
            foreach (var (key, value) in known)
                whole.Set(key == Same ? name.AsString() : key, key == Same ? before : value);
            return (JsonValue)whole.ToObject();
        }));
    }

    private static JsonValue DataOf(JsonObject line)
    {
        foreach (var name in TraceEntry.DataNames)
        {
            if (line.TryGetValue(name, out var data))
                return data;
        }

        return JsonValue.Null;
    }
}
