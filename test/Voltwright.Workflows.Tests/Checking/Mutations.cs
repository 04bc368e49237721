using System.Text.RegularExpressions;

namespace Voltwright.Workflows.Tests.Checking;

/// <summary>A slip that an author might make.</summary>
internal sealed record Mutation(string Kind, int Line, string Change, string Text);

/// <summary>Makes slips of many kinds in the text of a workflow, each at every place where it can be made.</summary>
internal static partial class Mutations
{
    public static IEnumerable<Mutation> Of(string text)
    {
        var lines = text.Split('\n');
        IEnumerable<Mutation>[] kinds =
        [
            Replaced("renamed event type", lines, EventType(), m => Slips(m.Value, m.Value.Length - 8)),
            Replaced("misspelt path", lines, Step(), m => Slips(m.Value, 1)),
            Replaced("misspelt address variable", lines, AddressVariable(), m => [m.Value.Replace("Id}", "ID}"), m.Value.Replace("{", "{the"), "{id}"]),
            Replaced("misspelt address", lines, AddressSegment(), m => Slips(m.Value, 1)),
            Replaced("other method", lines, Method(), m => m.Value switch
            {
                "method: get" => ["method: post"], "method: post" => ["method: put", "method: get"], _ => ["method: post", "method: get"],
            }),
            Replaced("expression without marks", lines, Marked(), m => [m.Groups[1].Value]),
            Replaced("context replaced", lines, Added(), _ => [""]),
            Replaced("misspelt error type", lines, ErrorType(), m => Slips(m.Value, 8)),
            Replaced("misspelt target", lines, Target(), m => Slips(m.Value, 6)),
            Replaced("misspelt retry", lines, Retry(), m => Slips(m.Value, 7)),
            Replaced("misspelt property", lines, Property(), m => Slips(m.Value, 0)),
            Replaced("misspelt body or set member", lines, Member(), m => Slips(m.Value, 0)),
            Replaced("misspelt export", lines, ExportedName(), m => Slips(m.Value, 0)),
            Replaced("data for envelope", lines, Envelope(), m => [m.Value.Replace("envelope", "data", StringComparison.Ordinal)]),
            Replaced("inverted condition", lines, Unequal(), m => ["=="]),
            Replaced("wrong index", lines, FirstEvent(), m => ["", "[1]", "[0].data"]),
            Dropped("dropped export", lines, "export:"),
            Dropped("dropped input", lines, "input:"),
            Dropped("dropped error type", lines, "type: https"),
            Dropped("dropped then", lines, "then:"),
            Dropped("dropped catch tasks", lines, "do:", inside: "catch:"),
            Dropped("dropped trigger", lines, "- with:"),
            Redirected(lines),
            SwappedCases(lines),
        ];
        return kinds.SelectMany(k => k).Where(m => m.Text != text);
    }

    private static IEnumerable<Mutation> Replaced(string kind, string[] lines, Regex place, Func<Match, IEnumerable<string>> others)
    {
        foreach (var (i, line) in lines.Index().Where(l => !l.Item.TrimStart().StartsWith('#')))
        {
            foreach (Match match in place.Matches(line))
            {
                foreach (var other in others(match).Distinct().Where(o => o != match.Value))
                    yield return Changed(kind, lines, i, line[..match.Index] + other + line[(match.Index + match.Length)..]);
            }
        }
    }

    // Three common slips of the hand, in the middle of what follows the given place: a letter left out, two swapped, one twice.
    private static IEnumerable<string> Slips(string word, int from)
    {
        var at = from + Math.Max(1, (word.Length - from) / 2);
        if (at + 1 >= word.Length)
            return [word + "x"];
        return [word.Remove(at, 1), word[..at] + word[at + 1] + word[at] + word[(at + 2)..], word.Insert(at, word[at].ToString())];
    }

    private static IEnumerable<Mutation> Dropped(string kind, string[] lines, string property, string? inside = null)
    {
        for (var i = 0; i < lines.Length; i++)
        {
            if (!lines[i].TrimStart().StartsWith(property, StringComparison.Ordinal) || (inside is not null && Parent(lines, i) != inside))
                continue;
            var end = i + 1;
            while (end < lines.Length && (lines[end].Trim().Length == 0 || Indent(lines[end]) > Indent(lines[i])))
                end++;
            yield return new Mutation(kind, i + 1, lines[i].Trim(), string.Join('\n', lines.Take(i).Concat(lines.Skip(end))));
        }
    }

    // Every directive to every other task of its list, and to the end.
    private static IEnumerable<Mutation> Redirected(string[] lines)
    {
        var targets = lines.Select(l => Target().Match(l)).Where(m => m.Success).Select(m => m.Value["then: ".Length..]).Distinct().ToArray();
        foreach (var (i, line) in lines.Index())
        {
            var match = Target().Match(line);
            if (!match.Success || line.Contains("then: end", StringComparison.Ordinal))
                continue;
            foreach (var other in targets.Append("end").Where(t => match.Value != $"then: {t}"))
                yield return Changed("swapped target", lines, i, line.Replace(match.Value, $"then: {other}", StringComparison.Ordinal));
        }
    }

    private static IEnumerable<Mutation> SwappedCases(string[] lines)
    {
        var thens = lines.Index().Where(l => Target().IsMatch(l.Item)).ToArray();
        foreach (var (first, second) in thens.Zip(thens.Skip(1)).Where(p => Indent(p.First.Item) == Indent(p.Second.Item)))
        {
            var swapped = (string[])lines.Clone();
            (swapped[first.Index], swapped[second.Index]) = (second.Item, first.Item);
            yield return new Mutation("swapped cases", first.Index + 1, $"{first.Item.Trim()} ⇄ {second.Item.Trim()}", string.Join('\n', swapped));
        }
    }

    private static Mutation Changed(string kind, string[] lines, int index, string line)
    {
        var changed = (string[])lines.Clone();
        changed[index] = line;
        return new Mutation(kind, index + 1, $"{lines[index].Trim()} → {line.Trim()}", string.Join('\n', changed));
    }

    private static int Indent(string line) => line.Length - line.TrimStart().Length;

    private static string? Parent(string[] lines, int index) =>
        lines.Take(index).LastOrDefault(l => l.Trim().Length > 0 && !l.TrimStart().StartsWith('#') && Indent(l) < Indent(lines[index]))?.Trim();

    [GeneratedRegex(@"com\.ev-power-supplier\.[\w.-]+\.v1")]
    private static partial Regex EventType();

    [GeneratedRegex(@"(?<=(\$(context|workflow|error)|[ (]|\]|\.\w+))\.[A-Za-z]\w+(?=[^""']*$|\))")]
    private static partial Regex Step();

    [GeneratedRegex(@"\{[A-Za-z]+\}(?=[/""]|$)")]
    private static partial Regex AddressVariable();

    [GeneratedRegex(@"(?<=endpoint: https://ev-power-supplier\.com.*)/[a-z]+(?=/|$)")]
    private static partial Regex AddressSegment();

    [GeneratedRegex(@"method: (get|put|post)")]
    private static partial Regex Method();

    [GeneratedRegex(@"\$\{ ([.$][^}""]*) \}")]
    private static partial Regex Marked();

    [GeneratedRegex(@"\$context \+ (?=\{)")]
    private static partial Regex Added();

    [GeneratedRegex(@"errors/\w+$")]
    private static partial Regex ErrorType();

    [GeneratedRegex(@"then: (?!end|exit|continue)\w+")]
    private static partial Regex Target();

    [GeneratedRegex(@"retry: \w+")]
    private static partial Regex Retry();

    [GeneratedRegex(@"(?<=^ +(- )?)(call|with|method|endpoint|export|input|switch|errors|catch|retry|query|body|schedule|emit|event|raise|limit|delay)(?=:)")]
    private static partial Regex Property();

    [GeneratedRegex(@"(?<=^ +)(session|sessionId|stationId|slotNumber|card|action|color|duration|code|info|error|at)(?=: )")]
    private static partial Regex Member();

    [GeneratedRegex(@"(?<=as: '.*\{ (.*, )?)\w+(?=: )")]
    private static partial Regex ExportedName();

    [GeneratedRegex(@"read: envelope")]
    private static partial Regex Envelope();

    [GeneratedRegex(@"!=(?= null)")]
    private static partial Regex Unequal();

    [GeneratedRegex(@"(?<=\$workflow\.input)\[0\](\.data)?")]
    private static partial Regex FirstEvent();
}
