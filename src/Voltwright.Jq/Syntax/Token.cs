namespace Voltwright.Jq.Syntax;

internal enum TokenKind : byte
{
    End,
    Invalid,
    Symbol,
    Keyword,
    Name,
    Field,
    Variable,
    Location,
    Format,
    Number,
    QuoteStart,
}

/// <summary>A word of a program. <see cref="Text"/> is the symbol, the name (without its dot, dollar or at sign) or the number's digits.</summary>
internal readonly record struct Token(TokenKind Kind, string Text, int Start, int End)
{
    public bool Is(string symbolOrKeyword) => Kind is TokenKind.Symbol or TokenKind.Keyword && Text == symbolOrKeyword;
}
