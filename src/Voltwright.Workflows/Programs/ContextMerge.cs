using Voltwright.Jq;

namespace Voltwright.Workflows.Programs;

/// <summary>Applies what one branch changed in the context to what the branches before it have made of it.</summary>
internal static class ContextMerge
{
    public static JsonValue Apply(JsonValue before, JsonValue after, JsonValue joined)
    {
        if (after.Equals(before))
            return joined;
        if (!after.TryGetObject(out var members) || !joined.TryGetObject(out var result))
            return after;
        var origin = before.TryGetObject(out var given) ? given : JsonObject.Empty;
        foreach (var (key, value) in members)
        {
            if (!origin.TryGetValue(key, out var old) || !old.Equals(value))
                result = result.With(key, Apply(old, value, result[key]));
        }

        foreach (var key in origin.Keys)
        {
            if (!members.ContainsKey(key))
                result = result.Without(key);
        }

        return result;
    }
}
