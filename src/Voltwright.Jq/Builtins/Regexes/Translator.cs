using System.Globalization;
using System.Text;

namespace Voltwright.Jq.Builtins.Regexes;

/// <summary>
/// Rewrites a pattern in the syntax jq uses (Oniguruma's "Perl_NG") into the framework's: groups get names that keep their
/// order, possessive repetition becomes an atomic group, and where the text has characters beyond U+FFFF, one is one character.
/// </summary>
internal sealed class Translator(string pattern, bool astral, bool extended)
{
    /// <summary>The empty group that <c>\K</c> becomes: the match counts from there.</summary>
    public const string Kept = "_kept";

    private const int DeepestCalls = 20;
    private const int LongestPattern = 100_000;

    private readonly StringBuilder _output = new();
    private readonly List<string?> _names = [];
    private readonly Stack<int> _opened = new();
    private int _at;
    private int _atom;
    private string? _whole;
    private int _calls;

    /// <summary>For each capturing group in order, its name or null.</summary>
    public IReadOnlyList<string?> GroupNames => _names;

    public string Translate()
    {
        while (_at < pattern.Length)
            Element();
        return _output.ToString();
    }

    private void Element()
    {
        var c = pattern[_at];
        switch (c)
        {
            case '(':
                _opened.Push(_output.Length);
                Open();
                return;
            case ')':
                _at++;
                _output.Append(')');
                _atom = _opened.TryPop(out var start) ? start : _output.Length - 1;
                return;
            case '*' or '+' or '?' or '{':
                Repeat();
                return;
            case '#' when extended:
                var end = pattern.IndexOf('\n', _at);
                _at = end < 0 ? pattern.Length : end;
                return;
        }

        if (!(extended && char.IsWhiteSpace(c)) && c != '|')
            _atom = _output.Length;
        if (c == '\\')
            Escape();
        else if (c == '[')
            CharacterClass.Translate(pattern, ref _at, _output, astral);
        else if (c == '.')
            Take(astral ? CharacterClass.PairOr(".") : ".");
        else if (char.IsHighSurrogate(c) && _at + 1 < pattern.Length)
            _output.Append("(?:").Append(pattern, (_at += 2) - 2, 2).Append(')');
        else
            Take(c.ToString());
    }

    private void Take(string text)
    {
        _at++;
        _output.Append(text);
    }

    private void Open()
    {
        var rest = pattern.AsSpan(_at);
        if (!rest.StartsWith("(?"))
        {
            Capture(null, 1);
        }
        else if (rest.StartsWith("(?#"))
        {
            _opened.Pop();
            var end = pattern.IndexOf(')', _at);
            _at = end < 0 ? pattern.Length : end + 1;
        }
        else if (rest.StartsWith("(?<") && !rest.StartsWith("(?<=") && !rest.StartsWith("(?<!") && rest.IndexOf('>') is var close and > 0)
        {
            Capture(rest[3..close].ToString(), close + 1);
        }
        else
        {
            // Flags, lookaround, atomic and plain groups are written alike.
            var length = rest.StartsWith("(?<") ? 4 : 3;
            _output.Append(rest[..Math.Min(length, rest.Length)]);
            _at += Math.Min(length, rest.Length);
        }
    }

    private void Capture(string? name, int length)
    {
        _at += length;
        if (_calls > 0)
        {
            // A group that is called from elsewhere captures where it stands, not where it is called.
            _output.Append("(?:");
            return;
        }

        _names.Add(name);
        _output.Append("(?<").Append(Pattern.GroupName(_names.Count)).Append('>');
    }

    private void Repeat()
    {
        var start = _at;
        if (pattern[_at] == '{')
        {
            var close = pattern.IndexOf('}', _at);
            var inside = close < 0 ? "" : pattern[(_at + 1)..close];
            if (inside.Length == 0 || inside.Any(c => !char.IsAsciiDigit(c) && c != ',') || inside[0] == ',')
            {
                _atom = _output.Length;
                Take(@"\{");
                return;
            }

            _at = close;
        }

        _at++;
        _output.Append(pattern, start, _at - start);
        if (_at >= pattern.Length)
            return;
        if (pattern[_at] == '?')
        {
            Take("?");
        }
        else if (pattern[_at] == '+' && pattern[start] != '{')
        {
            _at++;
            _output.Insert(_atom, "(?>").Append(')');
        }
    }

    private void Escape()
    {
        var c = _at + 1 < pattern.Length ? pattern[_at + 1] : '\0';
        if (c == '\0')
        {
            Take("\\");
            return;
        }

        _at += 2;
        if (char.IsAsciiDigit(c) && c != '0')
            Reference(c);
        else if (c == 'k' && _at < pattern.Length && pattern[_at] is '<' or '\'')
            NamedReference();
        else if (c == 'g' && _at < pattern.Length && pattern[_at] is '<' or '\'')
            GroupCall();
        else if (c == 'K')
            _output.Append("(?<").Append(Kept).Append(">)");
        else if (c == 'Q')
            Quote();
        else if (c == 'R')
            _output.Append(@"(?:\r\n|[\n-\r\u0085\u2028\u2029])");
        else if (c == 'x' && _at < pattern.Length && pattern[_at] == '{')
            CodePoint();
        else
            _output.Append(Class(c, CharacterClass.Escape(c, pattern, ref _at)));
    }

    /// <summary>A class that holds all but a few characters holds those beyond U+FFFF.</summary>
    private string Class(char letter, string escaped) => astral && letter is 'D' or 'W' or 'S' ? CharacterClass.PairOr(escaped) : escaped;

    private void Reference(char first)
    {
        var number = first - '0';
        if (_at < pattern.Length && char.IsAsciiDigit(pattern[_at]) && (number * 10) + pattern[_at] - '0' <= pattern.Count('('))
            number = (number * 10) + pattern[_at++] - '0';
        _output.Append(CultureInfo.InvariantCulture, $@"\k<{Pattern.GroupName(number)}>");
    }

    private void NamedReference()
    {
        var close = pattern.IndexOfAny(['>', '\''], _at + 1);
        if (close < 0)
            throw new ArgumentException("Regex failure: invalid backref number/name");
        var name = pattern[(_at + 1)..close];
        var number = int.TryParse(name, CultureInfo.InvariantCulture, out var given) ? given : _names.LastIndexOf(name) + 1;
        if (number < 1)
            throw new ArgumentException($"Regex failure: undefined name <{name}> reference");
        _output.Append(CultureInfo.InvariantCulture, $@"\k<{Pattern.GroupName(number)}>");
        _at = close + 1;
    }

    private void GroupCall()
    {
        var close = pattern.IndexOfAny(['>', '\''], _at + 1);
        var name = close < 0 ? "" : pattern[(_at + 1)..close];
        if (Groups.Find(_whole ?? pattern, name) is not var (inside, _))
            throw new ArgumentException($"Regex failure: undefined name <{name}> call");
        if (_calls == DeepestCalls || _output.Length > LongestPattern)
            throw new ArgumentException($"Regex failure: the group <{name}> calls itself, which is not supported");
        var call = new Translator(inside, astral, extended) { _whole = _whole ?? pattern, _calls = _calls + 1 };
        call._names.AddRange(_names);
        _output.Append("(?:").Append(call.Translate()).Append(')');
        _at = close + 1;
    }

    private void Quote()
    {
        var end = pattern.IndexOf(@"\E", _at, StringComparison.Ordinal);
        var text = end < 0 ? pattern[_at..] : pattern[_at..end];
        _output.Append(System.Text.RegularExpressions.Regex.Escape(text));
        _at = end < 0 ? pattern.Length : end + 2;
    }

    private void CodePoint()
    {
        var close = pattern.IndexOf('}', _at);
        if (close < 0 || !int.TryParse(pattern.AsSpan(_at + 1, close - _at - 1), NumberStyles.AllowHexSpecifier, null, out var value)
            || !Rune.TryCreate(value, out var rune))
            throw new ArgumentException("Regex failure: invalid code point value");
        _output.Append("(?:").Append(System.Text.RegularExpressions.Regex.Escape(rune.ToString())).Append(')');
        _at = close + 1;
    }
}
