using System.Text;

namespace Voltwright.Jq.Builtins.Regexes;

/// <summary>
/// Rewrites a pattern in the syntax jq uses (Oniguruma's "Perl_NG") into the framework's: groups get names that keep their
/// order, possessive repetition becomes an atomic group, and where the text has characters beyond U+FFFF, one is one character.
/// </summary>
internal sealed partial class Translator(string pattern, bool astral, bool extended)
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
    private bool _repeated;
    private string? _whole;
    private int _calls;
    private int _called;

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
                (_atom, _repeated) = (_opened.TryPop(out var start) ? start : _output.Length - 1, false);
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
            (_atom, _repeated) = (_output.Length, false);
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
            var close = pattern.IndexOf(')', _at);
            _at = close < 0 ? pattern.Length : close + 1;
        }
        else if (Groups.NameLength(rest) is var length and >= 0)
        {
            Capture(rest.Slice(3, length).ToString(), length + 4);
        }
        else if (rest.StartsWith("(?(") && rest.IndexOf(')') is var end and > 0)
        {
            _at += end + 1;
            _output.Append("(?(").Append(Pattern.GroupName(Number(rest[3..end].Trim("<>'").ToString()))).Append(')');
        }
        else if (Call(rest) is var called and > 0)
        {
            _opened.Pop();
            _at += called + 1;
            Call(rest[2..called].TrimStart('&').ToString());
        }
        else
        {
            // Flags, lookaround, atomic and plain groups are written alike.
            var plain = Math.Min(rest.StartsWith("(?<") ? 4 : 3, rest.Length);
            _output.Append(rest[..plain]);
            _at += plain;
        }
    }

    private void Capture(string? name, int length)
    {
        if (name is not null && (name.Length == 0 || char.IsAsciiDigit(name[0])))
            throw new ArgumentException(name.Length == 0 ? "Regex failure: group name is empty" : $"Regex failure: invalid group name <{name}>");
        _at += length;
        // What is inside a called group is no group more, and captures again.
        if (_calls == 0)
            _names.Add(name);
        _output.Append("(?<").Append(Pattern.GroupName(_calls > 0 ? ++_called : _names.Count)).Append('>');
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
                (_atom, _repeated) = (_output.Length, false);
                Take(@"\{");
                return;
            }

            _at = close;
        }

        _at++;
        // A repetition may be repeated, but not in the framework.
        if (_repeated)
            _output.Insert(_atom, "(?:").Append(')');
        _repeated = _output.Length > _atom;
        _output.Append(pattern, start, _at - start);
        if (_at >= pattern.Length)
            return;
        if (pattern[_at] == '?')
        {
            Take("?");
        }
        else if (pattern[_at] == '+')
        {
            _at++;
            _output.Insert(_atom, "(?>").Append(')');
        }
    }
}
