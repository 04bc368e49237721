using System.Globalization;
using System.Text;

namespace Voltwright.Jq.Builtins.Regexes;

/// <summary>What a backslash makes of what follows it, and groups that are named elsewhere.</summary>
internal sealed partial class Translator
{
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
            Reference();
        else if (c == 'k' && _at < pattern.Length && pattern[_at] is '<' or '\'')
            NamedReference();
        else if (c == 'g' && _at < pattern.Length && pattern[_at] is '<' or '\'')
            Call(BracketedName());
        else if (c == 'K')
            _output.Append("(?<").Append(Kept).Append(">)");
        else if (c == 'Q')
            Quote();
        else if (c is 'N' or 'O')
            _output.Append(astral ? CharacterClass.PairOr(c == 'N' ? @"[^\n]" : @"[\s\S]") : c == 'N' ? @"[^\n]" : @"[\s\S]");
        else if (c == 'X')
            _output.Append(astral ? $@"(?>\r\n|{CharacterClass.PairOr(@"\P{M}")}\p{{M}}*|\p{{M}}+)" : @"(?>\r\n|\P{M}\p{M}*|\p{M}+)");
        else if (c is 'y' or 'Y')
            throw new ArgumentException($@"Regex failure: \{c} is not supported");
        else if (c == 'R')
            _output.Append(@"(?:\r\n|[\n-\r\u0085\u2028\u2029])");
        else if (c is 'x' or 'o' && _at < pattern.Length && pattern[_at] == '{')
            CodePoint(c == 'x' ? 16 : 8);
        else
            _output.Append(Class(c, CharacterClass.Escape(c, pattern, ref _at)));
    }

    /// <summary>A class that holds all but a few characters holds those beyond U+FFFF.</summary>
    private string Class(char letter, string escaped) => astral && letter is 'D' or 'W' or 'S' ? CharacterClass.PairOr(escaped) : escaped;

    /// <summary>A group if there are so many, else a character in octal.</summary>
    private void Reference()
    {
        var start = _at - 1;
        while (_at < pattern.Length && _at - start < 3 && char.IsAsciiDigit(pattern[_at]))
            _at++;
        var digits = pattern.AsSpan(start, _at - start);
        if (digits.Length > 1 && int.Parse(digits, CultureInfo.InvariantCulture) > pattern.Count('('))
        {
            var octal = digits.IndexOfAnyExceptInRange('0', '7') is var end and >= 0 ? digits[..end] : digits;
            _at = start + Math.Max(octal.Length, 1);
            digits = pattern.AsSpan(start, _at - start);
            if (octal.Length > 1)
            {
                _output.Append(CultureInfo.InvariantCulture, $@"\x{Convert.ToInt32(octal.ToString(), 8) & 0xFF:X2}");
                return;
            }
        }

        _output.Append(CultureInfo.InvariantCulture, $@"\k<_{digits}>");
    }

    private void NamedReference() => _output.Append(CultureInfo.InvariantCulture, $@"\k<{Pattern.GroupName(Number(BracketedName()))}>");

    private string BracketedName()
    {
        var close = pattern.IndexOfAny(['>', '\''], _at + 1);
        if (close < 0)
            throw new ArgumentException("Regex failure: invalid backref number/name");
        var name = pattern[(_at + 1)..close];
        _at = close + 1;
        return name;
    }

    /// <summary>Which group a name or number means; a negative number counts back from here.</summary>
    private int Number(string name)
    {
        var number = int.TryParse(name, CultureInfo.InvariantCulture, out var given) ? given : _names.LastIndexOf(name) + 1;
        if (number < 0)
            number += _names.Count + 1;
        return number > 0 ? number : throw new ArgumentException($"Regex failure: undefined name <{name}> reference");
    }

    /// <summary>Where <c>(?1)</c>, <c>(?-1)</c>, <c>(?R)</c> or <c>(?&amp;name)</c> ends; 0 when this is none of them.</summary>
    private static int Call(ReadOnlySpan<char> rest)
    {
        var close = rest.IndexOf(')');
        if (close < 3)
            return 0;
        var inside = rest[2..close];
        var digits = inside[0] is '+' or '-' ? inside[1..] : inside;
        return inside[0] == '&' || inside is "R" || (digits.Length > 0 && !digits.ContainsAnyExceptInRange('0', '9')) ? close : 0;
    }

    /// <summary>Runs a group again: what it stands for is written once more.</summary>
    private void Call(string name)
    {
        if (name[0] is '-' or '+' && int.TryParse(name, CultureInfo.InvariantCulture, out var away))
            name = (_names.Count + away + (away < 0 ? 1 : 0)).ToString(CultureInfo.InvariantCulture);
        var recursive = name is "0" or "R" || _calls == DeepestCalls || _output.Length > LongestPattern;
        if (recursive)
            throw new ArgumentException($"Regex failure: the group <{name}> calls itself, which is not supported");
        if (Groups.Find(_whole ?? pattern, name) is not var (inside, number))
            throw new ArgumentException($"Regex failure: undefined name <{name}> reference");
        var call = new Translator(inside, astral, extended) { _whole = _whole ?? pattern, _calls = _calls + 1, _called = number };
        call._names.AddRange(_names);
        (_atom, _repeated) = (_output.Length, false);
        _output.Append("(?<").Append(Pattern.GroupName(number)).Append('>').Append(call.Translate()).Append(')');
    }

    private void Quote()
    {
        var end = pattern.IndexOf(@"\E", _at, StringComparison.Ordinal);
        var text = end < 0 ? pattern[_at..] : pattern[_at..end];
        _output.Append(System.Text.RegularExpressions.Regex.Escape(text));
        _at = end < 0 ? pattern.Length : end + 2;
    }

    private void CodePoint(int radix)
    {
        var close = pattern.IndexOf('}', _at);
        var digits = close < 0 ? "" : pattern[(_at + 1)..close];
        if (digits.Length is 0 or > 8 || digits.Any(c => !char.IsAsciiHexDigit(c) || (radix == 8 && c > '7'))
            || !Rune.TryCreate(Convert.ToUInt32(digits, radix), out var rune))
            throw new ArgumentException("Regex failure: invalid code point value");
        _output.Append("(?:").Append(System.Text.RegularExpressions.Regex.Escape(rune.ToString())).Append(')');
        _at = close + 1;
    }
}
