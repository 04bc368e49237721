using Voltwright.Jq.Syntax;

namespace Voltwright.Jq.Tests.Syntax;

public sealed class LexerTests
{
    [Theory]
    [InlineData(".a.b", "Field:a Field:b")]
    [InlineData("..", "Symbol:..")]
    [InlineData(".[0]?//1", "Symbol:. Symbol:[ Number:0 Symbol:] Symbol:?// Number:1")]
    [InlineData("$x::y and_more", "Variable:x::y Name:and_more")]
    [InlineData("@base64d .and", "Format:base64d Field:and")]
    [InlineData("1.5e-3.a", "Number:1.5e-3 Field:a")]
    [InlineData("1.e", "Number:1. Name:e")]
    [InlineData(".5", "Number:.5")]
    [InlineData("a//=b", "Name:a Symbol://= Name:b")]
    [InlineData("$__loc__", "Location:__loc__")]
    [InlineData("if else # rest\n end", "Keyword:if Keyword:else Keyword:end")]
    [InlineData("# all \\\n still comment\n1", "Number:1")]
    [InlineData("# even \\\\\n1", "Number:1")]
    [InlineData("#x\r\n2", "Number:2")]
    [InlineData("lib::f", "Name:lib::f")]
    [InlineData("~", "Invalid:~")]
    public void Text_CutIntoTokens_GivesThese(string source, string tokens)
    {
        var lexer = new Lexer(source);
        var found = new List<string>();
        for (var token = lexer.Next(); token.Kind != TokenKind.End; token = lexer.Next())
            found.Add($"{token.Kind}:{token.Text}");
        Assert.Equal(tokens, string.Join(' ', found));
    }

    [Theory]
    [InlineData("\"\\u0041\\n\\\"\"", "A\n\"")]
    [InlineData("\"\\ud83d\\ude00\"", "😀")]
    [InlineData("\"\\ud83dx\"", "\uFFFDx")]
    [InlineData("\"\"", "")]
    public void Text_InQuotes_IsUnescaped(string source, string text)
    {
        var lexer = new Lexer(source);
        Assert.Equal(TokenKind.QuoteStart, lexer.Next().Kind);
        Assert.Equal((text, false), lexer.StringPart());
    }

    [Theory]
    [InlineData("\"\\v\"")]
    [InlineData("\"\\u12\"")]
    [InlineData("\"open")]
    public void Text_WronglyEscaped_IsRefused(string source)
    {
        var lexer = new Lexer(source);
        lexer.Next();
        Assert.Throws<JqCompileException>(() => lexer.StringPart());
    }
}
