using Voltwright.Jq.Syntax;

namespace Voltwright.Jq.Tests.Syntax;

/// <summary>How operators bind: each pair must compile to the same answers.</summary>
public sealed class ParserTests
{
    [Theory]
    [InlineData("1 + 2 * 3", "1 + (2 * 3)")]
    [InlineData("1 - 2 - 3", "(1 - 2) - 3")]
    [InlineData("8 / 4 / 2", "(8 / 4) / 2")]
    [InlineData("1, 2 | . + 1", "(1, 2) | (. + 1)")]
    [InlineData("1 == 1 and 2 == 2", "(1 == 1) and (2 == 2)")]
    [InlineData("true or false and false", "true or (false and false)")]
    [InlineData("null // null // 3", "null // (null // 3)")]
    [InlineData("false // false or true", "false // (false or true)")]
    [InlineData("{a: 1} | .a = 2 | .a", "({a: 1} | (.a = 2)) | .a")]
    [InlineData("{} | .a += 1 | .b //= 2", "{} | (.a += 1) | (.b //= 2)")]
    [InlineData("1 as $x | $x, 2 | . * 2", "1 as $x | (($x, 2) | (. * 2))")]
    [InlineData("1, 2 as $x | $x", "1, (2 as $x | $x)")]
    [InlineData("1 + 2 as $x | $x * 2", "(1 + 2) as $x | ($x * 2)")]
    [InlineData("def f: 1; f, f | . + 1", "def f: 1; ((f, f) | (. + 1))")]
    [InlineData("try error(\"x\") catch . | length", "(try error(\"x\") catch .) | length")]
    [InlineData("try error(1) // 5", "(try error(1)) // 5")]
    [InlineData("-1 + 2", "(-1) + 2")]
    [InlineData("{a: 3} | -.a", "{a: 3} | -(.a)")]
    [InlineData("[1, 2] | -.[0] - .[1]", "[1, 2] | (-(.[0])) - (.[1])")]
    [InlineData("reduce (1, 2) as $x (0; . + $x) | . * 2", "(reduce (1, 2) as $x (0; (. + $x))) | (. * 2)")]
    [InlineData("if true then 1 else 2 end + 1", "(if true then 1 else 2 end) + 1")]
    [InlineData("if false then 1 elif true then 2 else 3 end", "if false then 1 else (if true then 2 else 3 end) end")]
    [InlineData("\"a\" + \"b\" | ascii_upcase", "(\"a\" + \"b\") | ascii_upcase")]
    [InlineData("label $f | 1, break $f, 2", "label $f | (1, (break $f), 2)")]
    [InlineData("{a: 1 + 1, b: 2 | . * 2}", "{a: (1 + 1), b: (2 | (. * 2))}")]
    [InlineData("[.[]?]", "[(.[])?]")]
    [InlineData("1 < 2 == true | not", "(1 < 2 == true) | not")]
    public void Operators_WithoutParentheses_BindLikeThese(string plain, string explicitly)
    {
        // Comparisons do not chain: that pair must fail alike.
        Assert.Equal(Answer(plain), Answer(explicitly));
    }

    [Theory]
    [InlineData("1 == 2 == 3")]
    [InlineData(".a = 1 = 2")]
    [InlineData("{a: 1 as $x | 2}")]
    [InlineData("def f(): 1; f")]
    [InlineData("f(;)")]
    [InlineData("{(1)}")]
    [InlineData("reduce . as $x (1)")]
    [InlineData("foreach . as $x (1)")]
    [InlineData("break")]
    [InlineData(". foo")]
    [InlineData(".[1")]
    [InlineData("[1,]")]
    [InlineData("{a:}")]
    [InlineData("}")]
    [InlineData("try")]
    [InlineData("def")]
    [InlineData("as $x | 1")]
    [InlineData("1 as | 2")]
    [InlineData("import \"x\" 1")]
    [InlineData("module 1; 1")]
    [InlineData("module {a: .b}; 1")]
    [InlineData("@base64 \"\\(\"")]
    public void Text_ThatIsNoProgram_IsRefused(string source) => Assert.Throws<JqCompileException>(() => JqProgram.Compile(source));

    [Fact]
    public void File_WithHeaderAndDefinitions_IsTakenApart()
    {
        var file = Parser.Parse("module {version: 1}; import \"a/b\" as b {search: \".\"}; import \"d\" as $d; include \"c\"; def f: 1; def g(x; $y): 2;");
        Assert.Equal("""{"version":1}""", file.Metadata.ToString());
        Assert.Equal(["a/b:b:False", "d:d:True", "c::False"], file.Imports.Select(i => $"{i.Path}:{i.Name}:{i.IsData}"));
        Assert.Equal(["f:", "g:x,$y"], file.Definitions.Select(d => $"{d.Name}:{string.Join(',', d.Parameters)}"));
        Assert.Null(file.Body);
    }

    private static string Answer(string source)
    {
        try
        {
            return string.Join(' ', JqProgram.Compile(source).Run(default).Select(o => o.IsValue ? o.Value.ToString() : o.Message));
        }
        catch (JqCompileException)
        {
            return "refused";
        }
    }
}
