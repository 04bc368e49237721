using System.Text.RegularExpressions;
using Voltwright.Jq.Evaluation;

namespace Voltwright.Jq.Builtins.Regexes;

/// <summary>Matches texts and describes matches as jq does (jq manual, <c>match</c>): offsets and lengths count code points.</summary>
internal static class Matching
{
    private static readonly TimeSpan MostTime = TimeSpan.FromSeconds(10);

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
            var matches = Matches(m, pattern, text).Any();
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
        budget.WallTime == Timeout.InfiniteTimeSpan || budget.WallTime > 4 * MostTime ? MostTime : budget.WallTime / 4;

    private static JsonValue All(Machine m, Pattern pattern, string text)
    {
        var all = new ListSink(m);
        var (counted, codePoints) = (0, 0);
        foreach (var found in Matches(m, pattern, text))
        {
            codePoints += CodePoints.Count(text.AsSpan(counted, found.Index - counted));
            counted = found.Index;
            if (!m.Step() || !m.LookAtTime() || !m.Charge(200) || all.Take(Describe(pattern, found, text, codePoints), null) == Flow.Stop)
                return JsonValue.Failed;
        }

        return m.LookAtTime() ? all.ToArray() : JsonValue.Failed;
    }

    private static IEnumerable<Found> Matches(Machine m, Pattern pattern, string text)
    {
        var start = 0;
        while (start <= text.Length)
        {
            if ((pattern.Longest ? Longest(m, pattern, text, start) : First(pattern, text, start)) is not { } found)
                yield break;
            start = found.Length > 0 ? found.Index + found.Length
                : found.Index + (found.Index + 1 < text.Length && char.IsSurrogatePair(text, found.Index) ? 2 : 1);
            if (found.Length == 0 && pattern.SkipsEmpty)
                continue;
            yield return found;
            if (!pattern.Global)
                yield break;
        }
    }

    private static Found? First(Pattern pattern, string text, int start) =>
        pattern.Regex.Match(text, start) is { Success: true } match ? Found.Of(match) : null;

    /// <summary>The longest of all matches, the first of those: every place and end is tried, as the framework stops at its first match.</summary>
    private static Found? Longest(Machine m, Pattern pattern, string text, int start)
    {
        Found? best = null;
        for (var from = start; from <= text.Length && text.Length - from > (best?.Length ?? -1); from++)
        {
            for (var end = text.Length; end - from > (best?.Length ?? -1); end--)
            {
                if (!m.Step(1 + (end / 64)) || !m.LookAtTime())
                    return null;
                if (pattern.Regex.Match(text[..end], from) is { Success: true } match)
                    best = Found.Of(match);
            }
        }

        return best;
    }

    private static JsonValue Describe(Pattern pattern, Found found, string text, int offset)
    {
        var captures = new JsonValue[pattern.GroupNames.Count];
        for (var i = 0; i < captures.Length; i++)
        {
            var group = found.Match.Groups[Pattern.GroupName(i + 1)];
            // Of an empty match jq describes every group as empty, at the match's place.
            var empty = found.Length == 0 || group.Length == 0;
            var place = !group.Success ? -1 : found.Length == 0 ? offset
                : offset + (group.Index < found.Index ? -CodePoints.Count(text.AsSpan(group.Index, found.Index - group.Index))
                    : CodePoints.Count(text.AsSpan(found.Index, group.Index - found.Index)));
            captures[i] = CaptureShape.WithValues(
            [
                place,
                empty ? 0 : CodePoints.Count(group.ValueSpan),
                !group.Success ? default(JsonValue) : empty ? "" : group.Value,
                pattern.GroupNames[i],
            ]);
        }

        var value = text.Substring(found.Index, found.Length);
        return MatchShape.WithValues([offset, CodePoints.Count(value), value, JsonArray.Wrap(captures)]);
    }

    /// <summary>A match, which may count from a later place than where it began (<c>\K</c>).</summary>
    private readonly record struct Found(Match Match, int Index, int Length)
    {
        public static Found Of(Match match)
        {
            var index = match.Groups[Translator.Kept] is { Success: true } kept ? kept.Index : match.Index;
            return new(match, index, match.Index + match.Length - index);
        }
    }
}
