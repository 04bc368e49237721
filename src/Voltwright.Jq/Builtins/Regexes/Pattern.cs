using System.Collections.Concurrent;
using System.Text.RegularExpressions;

namespace Voltwright.Jq.Builtins.Regexes;

/// <summary>A regular expression ready to run, with its groups in the order of their opening parentheses.</summary>
internal sealed record Pattern(Regex Regex, bool Global, bool SkipsEmpty, bool Longest, IReadOnlyList<string?> GroupNames)
{
    private const int MostKept = 512;

    private static readonly ConcurrentDictionary<(string, string, bool, TimeSpan), Pattern> Kept = new();

    /// <exception cref="ArgumentException">The pattern or its flags are wrong; the message says how.</exception>
    public static Pattern Of(string pattern, string flags, bool astral, TimeSpan timeout)
    {
        var key = (pattern, flags, astral, timeout);
        if (Kept.TryGetValue(key, out var found))
            return found;
        if (Kept.Count >= MostKept)
            Kept.Clear();
        return Kept[key] = Make(pattern, flags, astral, timeout);
    }

    public static string GroupName(int number) => $"_{number}";

    private static Pattern Make(string pattern, string flags, bool astral, TimeSpan timeout)
    {
        var options = RegexOptions.CultureInvariant;
        foreach (var flag in flags)
        {
            options |= flag switch
            {
                'g' or 'n' or 'l' or 's' => RegexOptions.None,
                'i' => RegexOptions.IgnoreCase,
                'x' => RegexOptions.IgnorePatternWhitespace,
                'm' or 'p' => RegexOptions.Singleline,
                _ => throw new ArgumentException($"{flags} is not a valid modifier string"),
            };
        }

        try
        {
            var translation = new Translator(pattern, astral, options.HasFlag(RegexOptions.IgnorePatternWhitespace));
            var text = translation.Translate();
            if (flags.Contains('l'))
                text = $@"\G(?:{text})\z";
            return new(new Regex(text, options, timeout), flags.Contains('g'), flags.Contains('n'), flags.Contains('l'), translation.GroupNames);
        }
        catch (RegexParseException e)
        {
            throw new ArgumentException($"Regex failure: {Words(e.Error)}", e);
        }
    }

    /// <summary>Oniguruma's words for what authors get wrong most often.</summary>
    private static string Words(RegexParseError error) => error switch
    {
        RegexParseError.InsufficientClosingParentheses => "end pattern with unmatched parenthesis",
        RegexParseError.InsufficientOpeningParentheses => "unmatched close parenthesis",
        RegexParseError.UnterminatedBracket => "premature end of char-class",
        RegexParseError.QuantifierAfterNothing or RegexParseError.NestedQuantifiersNotParenthesized => "target of repeat operator is not specified",
        RegexParseError.ReversedCharacterRange => "empty range in char class",
        RegexParseError.UnescapedEndingBackslash => "end pattern at escape",
        RegexParseError.UndefinedNumberedReference or RegexParseError.UndefinedNamedReference => "invalid backref number/name",
        RegexParseError.ReversedQuantifierRange => "upper is smaller than lower in repeat range",
        RegexParseError.InvalidUnicodePropertyEscape or RegexParseError.MalformedUnicodePropertyEscape => "invalid character property name",
        _ => "undefined group option",
    };
}
