using System.Buffers;
using System.Text;

namespace Voltwright.Jq.Syntax;

/// <summary>Cuts a program into tokens, one at a time: only the parser knows when a parenthesis ends an interpolation.</summary>
internal sealed class Lexer(string source)
{
    private static readonly SearchValues<char> NameStart = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_");
    private static readonly string[] Symbols =
    [
        "?//", "//=", "!=", "==", "//", "|=", "+=", "-=", "*=", "/=", "%=", "<=", ">=", "..",
        ".", "?", "=", ";", ",", ":", "|", "+", "-", "*", "/", "%", "$", "<", ">", "[", "]", "{", "}", "(", ")",
    ];

    private static readonly HashSet<string> Keywords =
    [
        "as", "import", "include", "module", "def", "if", "then", "else", "elif", "and", "or", "end",
        "reduce", "foreach", "try", "catch", "label", "break",
    ];

    private readonly Stack<char> _closers = new();
    private int _at;

    public string Source => source;

    public Token Next()
    {
        SkipBlanks();
        if (_at >= source.Length)
            return new(TokenKind.End, "", _at, _at);
        var (start, c) = (_at, source[_at]);
        if (c == '"')
            return Take(TokenKind.QuoteStart, start, 1);
        if (char.IsAsciiDigit(c) || (c == '.' && char.IsAsciiDigit(Peek(1))))
            return Number(start);
        if (NameStart.Contains(c))
            return Name(start);
        if (c is '.' or '$' or '@' && (NameStart.Contains(Peek(1)) || (c == '@' && char.IsAsciiDigit(Peek(1)))))
            return Prefixed(start, c);
        foreach (var symbol in Symbols)
        {
            if (string.CompareOrdinal(source, start, symbol, 0, symbol.Length) == 0)
                return Take(Matches(c) ? TokenKind.Symbol : TokenKind.Invalid, start, symbol.Length);
        }

        return Take(TokenKind.Invalid, start, 1);
    }

    /// <summary>Reads inside quotes up to an interpolation or the closing quote, both consumed.</summary>
    public (string Text, bool Interpolates) StringPart()
    {
        var text = new StringBuilder();
        while (_at < source.Length)
        {
            var c = source[_at++];
            if (c == '"')
                return (text.ToString(), false);
            if (c != '\\')
                text.Append(c);
            else if (_at < source.Length && source[_at] == '(')
                return (text.ToString(), Matches(source[_at++]));
            else
                Escape(text);
        }

        throw SyntaxErrors.At(source, source.Length, "syntax error, unexpected end of file, unterminated string literal");
    }

    /// <summary>Whether a bracket closes the one that is open; jq's lexer, too, knows no other.</summary>
    private bool Matches(char bracket)
    {
        if ("([{".IndexOf(bracket, StringComparison.Ordinal) is var opener and >= 0)
            _closers.Push(")]}"[opener]);
        else if (bracket is ')' or ']' or '}')
            return _closers.TryPeek(out var closer) && closer == bracket && _closers.Pop() == bracket;
        return true;
    }

    private void Escape(StringBuilder text)
    {
        var c = _at < source.Length ? source[_at++] : '\0';
        var plain = "\"\\/bfnrt".IndexOf(c, StringComparison.Ordinal);
        if (plain >= 0)
            text.Append("\"\\/\b\f\n\r\t"[plain]);
        else if (c == 'u')
            text.Append(HexUnit());
        else
            throw InvalidEscape(c);
        // A high surrogate stands only with the low one that follows; a lone one reads as U+FFFD, as in JSON text.
        if (c == 'u' && char.IsSurrogate(text[^1]))
            PairSurrogate(text);
    }

    /// <summary>jq reads each escape as a JSON text of its own, and says so.</summary>
    private JqCompileException InvalidEscape(char c) =>
        SyntaxErrors.At(source, _at - 2, $"Invalid escape at line 1, column 4 (while parsing '\"\\{c}\"')");

    private void PairSurrogate(StringBuilder text)
    {
        var pairs = char.IsHighSurrogate(text[^1]) && Peek(0) == '\\' && Peek(1) == 'u';
        var rest = _at;
        _at += 2;
        if (pairs && HexUnit() is var low && char.IsLowSurrogate(low))
        {
            text.Append(low);
            return;
        }

        _at = rest;
        text[^1] = '\uFFFD';
    }

    private char HexUnit()
    {
        if (_at + 4 > source.Length || !ushort.TryParse(source.AsSpan(_at, 4), System.Globalization.NumberStyles.AllowHexSpecifier, null, out var unit))
            throw SyntaxErrors.At(source, _at, "Invalid escape");
        _at += 4;
        return (char)unit;
    }

    private Token Number(int start)
    {
        while (char.IsAsciiDigit(Peek(0)))
            _at++;
        if (Peek(0) == '.')
        {
            _at++;
            while (char.IsAsciiDigit(Peek(0)))
                _at++;
        }

        var sign = Peek(1) is '+' or '-' ? 1 : 0;
        if (Peek(0) is 'e' or 'E' && char.IsAsciiDigit(Peek(1 + sign)))
        {
            _at += 1 + sign;
            while (char.IsAsciiDigit(Peek(0)))
                _at++;
        }

        return new(TokenKind.Number, source[start.._at], start, _at);
    }

    private Token Name(int start)
    {
        ReadName(qualified: true);
        var text = source[start.._at];
        return new(Keywords.Contains(text) ? TokenKind.Keyword : TokenKind.Name, text, start, _at);
    }

    private Token Prefixed(int start, char prefix)
    {
        _at++;
        ReadName(qualified: prefix == '$');
        var text = source[(start + 1).._at];
        if (prefix == '$' && text == "__loc__")
            return new(TokenKind.Location, text, start, _at);
        return new(prefix switch { '.' => TokenKind.Field, '$' => TokenKind.Variable, _ => TokenKind.Format }, text, start, _at);
    }

    private void ReadName(bool qualified)
    {
        while (true)
        {
            while (NameStart.Contains(Peek(0)) || char.IsAsciiDigit(Peek(0)))
                _at++;
            if (!qualified || Peek(0) != ':' || Peek(1) != ':' || !NameStart.Contains(Peek(2)))
                return;
            _at += 2;
        }
    }

    private void SkipBlanks()
    {
        while (_at < source.Length)
        {
            if (source[_at] is ' ' or '\t' or '\r' or '\n')
                _at++;
            else if (source[_at] == '#')
                SkipComment();
            else
                return;
        }
    }

    /// <summary>A comment goes on over a line end behind an odd number of backslashes (jq manual, "Comments").</summary>
    private void SkipComment()
    {
        while (_at < source.Length && source[_at] != '\n' && !(source[_at] == '\r' && Peek(1) == '\n'))
        {
            if (source[_at] != '\\')
                _at++;
            else
                _at += Peek(1) == '\r' && Peek(2) == '\n' ? 3 : Peek(1) is '\\' or '\n' ? 2 : 1;
        }
    }

    private char Peek(int ahead) => _at + ahead < source.Length ? source[_at + ahead] : '\0';

    private Token Take(TokenKind kind, int start, int length)
    {
        _at = start + length;
        return new(kind, source.Substring(start, length), start, _at);
    }
}
