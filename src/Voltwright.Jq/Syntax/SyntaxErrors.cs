namespace Voltwright.Jq.Syntax;

/// <summary>Builds compile errors with their place in the program.</summary>
internal static class SyntaxErrors
{
    public static JqCompileException At(string source, int position, string message)
    {
        var before = source.AsSpan(0, Math.Min(position, source.Length));
        var line = before.Count('\n') + 1;
        return new(message, line, before.Length - before.LastIndexOf('\n'));
    }

    public static string Name(in Token token) => token.Kind switch
    {
        TokenKind.End => "end of file",
        TokenKind.Invalid => "INVALID_CHARACTER",
        TokenKind.Symbol when token.Text.Length == 1 => $"'{token.Text}'",
        TokenKind.Symbol or TokenKind.Keyword => token.Text,
        var kind => Name(kind),
    };

    public static string Name(TokenKind kind) => kind switch
    {
        TokenKind.Name => "IDENT",
        TokenKind.Field => "FIELD",
        TokenKind.Variable => "BINDING",
        TokenKind.Format => "FORMAT",
        TokenKind.Number => "LITERAL",
        TokenKind.QuoteStart => "QQSTRING_START",
        _ => "\"$__loc__\"",
    };
}
