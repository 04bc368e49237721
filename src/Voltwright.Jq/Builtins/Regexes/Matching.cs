using System.Text.RegularExpressions;
using Voltwright.Jq.Evaluation;

namespace Voltwright.Jq.Builtins.Regexes;

/// <summary>Matches texts and describes matches as jq does (jq manual, <c>match</c>): offsets and lengths count code points.</summary>
internal static class Matching
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    private static readonly JsonObject MatchShape =
        JsonObject.Of(("offset", default), ("length", default), ("string", default), ("captures", default));

    private static readonly JsonObject CaptureShape =
        JsonObject.Of(("offset", default), ("length", default), ("string", default), ("name", default));

    /// <summary>Arguments: the expression, its flags or null, and whether only to test.</summary>
    public static JsonValue Match(Machine m, JsonValue input, ReadOnlySpan<JsonValue> arguments)
    {
        if (!input.TryGetString(out var text))
            return m.Fail($"{Kinds.Name(input)} ({Kinds.Excerpt(input)}) cannot be matched, as it is not a string");
        if (!arguments[0].TryGetString(out var expression))
            return m.Fail($"{Kinds.Name(arguments[0])} ({Kinds.Excerpt(arguments[0])}) is not a string");
        if (!arguments[1].TryGetString(out var flags) && !arguments[1].IsNull)
            return m.Fail($"{Kinds.Name(arguments[1])} ({Kinds.Excerpt(arguments[1])}) is not a string");
        try
        {
            var pattern = Pattern.Of(expression, flags ?? "", CodePoints.Count(text) != text.Length, TimeLimit(m.Budget));
            if (!arguments[2].IsTruthy)
                return All(m, pattern, text);
            var matches = Matches(pattern, text).Any();
            return m.LookAtTime() ? matches : JsonValue.Failed;
        }
        catch (RegexMatchTimeoutException e)
        {
            return m.Exhausted("regular expression time", "ms", (long)e.MatchTimeout.TotalMilliseconds);
        }
        catch (ArgumentException e)
        {
            return m.Fail(e.Message);
        }
    }

    /// <summary>The named groups of a match as an object.</summary>
    public static JsonValue Captures(Machine m, JsonValue input)
    {
        var result = new JsonObject.Builder();
        foreach (var capture in input["captures"].AsArray())
        {
            if (capture["name"].TryGetString(out var name))
                result.Set(name, capture["string"]);
        }

        return result.ToObject();
    }

    /// <summary>The framework watches a single match; a part of the whole time, so that the last of many does not double it.</summary>
    private static TimeSpan TimeLimit(JqBudget budget) =>
        budget.WallTime == Timeout.InfiniteTimeSpan || budget.WallTime > 4 * Longest ? Longest : budget.WallTime / 4;

    private static JsonValue All(Machine m, Pattern pattern, string text)
    {
        var found = new ListSink(m);
        var (counted, codePoints) = (0, 0);
        foreach (var match in Matches(pattern, text))
        {
            codePoints += CodePoints.Count(text.AsSpan(counted, match.Index - counted));
            counted = match.Index;
            if (!m.Step() || !m.LookAtTime() || !m.Charge(200) || found.Take(Describe(pattern, match, text, codePoints), null) == Flow.Stop)
                return JsonValue.Failed;
        }

        return m.LookAtTime() ? found.ToArray() : JsonValue.Failed;
    }

    private static IEnumerable<Match> Matches(Pattern pattern, string text)
    {
        var start = 0;
        while (start <= text.Length)
        {
            var match = pattern.Regex.Match(text, start);
            if (!match.Success)
                yield break;
            start = match.Length > 0 ? match.Index + match.Length
                : match.Index + (match.Index + 1 < text.Length && char.IsSurrogatePair(text, match.Index) ? 2 : 1);
            if (match.Length == 0 && pattern.SkipsEmpty)
                continue;
            yield return match;
            if (!pattern.Global)
                yield break;
        }
    }

    private static JsonValue Describe(Pattern pattern, Match match, string text, int offset)
    {
        var captures = new JsonValue[pattern.GroupNames.Count];
        for (var i = 0; i < captures.Length; i++)
        {
            var group = match.Groups[Pattern.GroupName(i + 1)];
            // Of an empty match jq describes every group as empty, at the match's place.
            var empty = match.Length == 0 || group.Length == 0;
            var place = !group.Success ? -1 : match.Length == 0 ? offset
                : offset + (group.Index < match.Index ? -CodePoints.Count(text.AsSpan(group.Index, match.Index - group.Index))
                    : CodePoints.Count(text.AsSpan(match.Index, group.Index - match.Index)));
            captures[i] = CaptureShape.WithValues(
            [
                place,
                empty ? 0 : CodePoints.Count(group.ValueSpan),
                !group.Success ? default(JsonValue) : empty ? "" : group.Value,
                pattern.GroupNames[i],
            ]);
        }

        return MatchShape.WithValues([offset, CodePoints.Count(match.ValueSpan), match.Value, JsonArray.Wrap(captures)]);
    }
}
