using System.Text;

namespace Voltwright.Jq.Builtins.Regexes;

/// <summary>Rewrites <c>[…]</c>: POSIX names, brackets that are plain here, and characters beyond U+FFFF.</summary>
internal static class CharacterClass
{
    private const string HighThenLow = @"[\uD800-\uDBFF][\uDC00-\uDFFF]";

    private static readonly Dictionary<string, string> Posix = new()
    {
        ["alpha"] = @"\p{L}\p{M}", ["digit"] = @"\d", ["alnum"] = @"\p{L}\p{M}\p{N}", ["upper"] = @"\p{Lu}", ["lower"] = @"\p{Ll}",
        ["space"] = @"\s", ["punct"] = @"\p{P}\p{S}", ["cntrl"] = @"\p{Cc}", ["xdigit"] = "0-9A-Fa-f", ["word"] = @"\w",
        ["blank"] = @"\p{Zs}\t", ["graph"] = @"\p{L}\p{M}\p{N}\p{P}\p{S}", ["print"] = @"\p{L}\p{M}\p{N}\p{P}\p{S}\p{Zs}", ["ascii"] = @"\x00-\x7F",
    };

    public static void Translate(string pattern, ref int at, StringBuilder output, bool astral)
    {
        var negated = at + 1 < pattern.Length && pattern[at + 1] == '^';
        at += negated ? 2 : 1;
        var inside = new StringBuilder();
        var pairs = new List<string>();
        for (var first = true; at < pattern.Length && (pattern[at] != ']' || first); first = false)
            Member(pattern, ref at, inside, pairs);
        if (at >= pattern.Length)
            throw new ArgumentException("Regex failure: premature end of char-class");
        at++;
        var set = inside.Length == 0 && negated ? @"[\s\S]" : $"[{(negated ? "^" : "")}{inside}]";
        if (pairs.Count > 0 && !negated)
            output.Append("(?:").AppendJoin('|', inside.Length > 0 ? pairs.Append(set) : pairs).Append(')');
        else if (negated && (astral || pairs.Count > 0))
            output.Append(pairs.Count > 0 ? $"(?!{string.Join('|', pairs)})" : "").Append(PairOr(set));
        else
            output.Append(set);
    }

    /// <summary>A surrogate pair as one character, or what the pattern matches, which is never half of one.</summary>
    public static string PairOr(string pattern) => $@"(?:{HighThenLow}|(?![\uD800-\uDFFF]){pattern})";

    /// <summary>An escape outside or inside a class, its letter already read: kept where it means the same, else the plain character.</summary>
    public static string Escape(char c, string pattern, ref int at)
    {
        switch (c)
        {
            case 'p' or 'P' when at < pattern.Length && pattern[at] == '{' && pattern.IndexOf('}', at) is var close and > 0:
                var name = pattern[(at + 1)..close];
                at = close + 1;
                return Property(c, name);
            case 'h':
                return "h";
            case 'x' or 'c' or '0':
                return "\\" + c;
            case 'd' or 'D' or 'w' or 'W' or 's' or 'S' or 'b' or 'B' or 'A' or 'Z' or 'z' or 'G' or 'n' or 't' or 'r' or 'f' or 'a' or 'e':
                return "\\" + c;
            default:
                var escaped = System.Text.RegularExpressions.Regex.Escape(c.ToString());
                return escaped.Length > 1 || c is not (']' or '}' or '-') ? escaped : "\\" + c;
        }
    }

    private static string Property(char p, string name)
    {
        var negated = name.StartsWith('^');
        var plain = negated ? name[1..] : name;
        var upper = (p == 'P') ^ negated;
        return Posix.TryGetValue(plain.ToLowerInvariant(), out var set)
            ? $"[{(upper ? "^" : "")}{set}]"
            : $@"\{(upper ? 'P' : 'p')}{{{Category(plain)}}}";
    }

    /// <summary>General categories are written in any case; scripts and other properties of Unicode the framework does not know.</summary>
    private static string Category(string name) => name switch
    {
        [var major] when char.IsAsciiLetter(major) => $"{char.ToUpperInvariant(major)}",
        [var major, var minor] when char.IsAsciiLetter(major) => $"{char.ToUpperInvariant(major)}{char.ToLowerInvariant(minor)}",
        _ => throw new ArgumentException($"Regex failure: invalid character property name {{{name}}}"),
    };

    private static void Member(string pattern, ref int at, StringBuilder inside, List<string> pairs)
    {
        var c = pattern[at];
        if (c == '[' && at + 1 < pattern.Length && pattern[at + 1] == ':' && pattern.IndexOf(":]", at, StringComparison.Ordinal) is var end and > 0)
        {
            inside.Append(Named(pattern[(at + 2)..end]));
            at = end + 2;
        }
        else if (c == '\\' && at + 1 < pattern.Length)
        {
            at += 2;
            var escaped = Escape(pattern[at - 1], pattern, ref at);
            inside.Append(escaped.StartsWith('[') && escaped.EndsWith(']') && escaped[1] != '^' ? escaped[1..^1] : escaped);
        }
        else if (char.IsHighSurrogate(c) && at + 1 < pattern.Length)
        {
            Astral(pattern, ref at, pairs);
        }
        else
        {
            inside.Append(c is '[' or ']' ? "\\" + c : c.ToString());
            at++;
        }
    }

    private static string Named(string name)
    {
        var negated = name.StartsWith('^');
        if (!Posix.TryGetValue(negated ? name[1..] : name, out var set))
            throw new ArgumentException("Regex failure: invalid POSIX bracket type");
        return negated ? name[1..] switch { "digit" => @"\D", "space" => @"\S", "word" => @"\W", _ => @"\P{" + set[3..] } : set;
    }

    /// <summary>One character beyond U+FFFF or a range of them, as alternatives of surrogate pairs.</summary>
    private static void Astral(string pattern, ref int at, List<string> pairs)
    {
        var from = char.ConvertToUtf32(pattern, at);
        at += 2;
        var to = from;
        if (at + 2 < pattern.Length && pattern[at] == '-' && char.IsHighSurrogate(pattern[at + 1]))
        {
            to = char.ConvertToUtf32(pattern, at + 1);
            at += 3;
        }

        // Ranges split where the high surrogate changes.
        for (var start = from; start <= to;)
        {
            var last = Math.Min(to, start | 0x3FF);
            var (first, end) = (char.ConvertFromUtf32(start), char.ConvertFromUtf32(last));
            pairs.Add($"{first[0]}[{first[1]}-{end[1]}]");
            start = last + 1;
        }
    }
}
