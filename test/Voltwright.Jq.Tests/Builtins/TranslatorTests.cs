using System.Text.RegularExpressions;
using Voltwright.Jq.Builtins.Regexes;

namespace Voltwright.Jq.Tests.Builtins;

public sealed class TranslatorTests
{
    [Theory]
    [InlineData("abc", "abc")]
    [InlineData("(a)(?<n>b)", "(?<_1>a)(?<_2>b)")]
    [InlineData("(?:a)(?=b)(?!c)(?<=d)(?<!e)", "(?:a)(?=b)(?!c)(?<=d)(?<!e)")]
    [InlineData("(a)\\1", "(?<_1>a)\\k<_1>")]
    [InlineData("(?<x>a)\\k<x>", "(?<_1>a)\\k<_1>")]
    [InlineData("a++", "(?>a+)")]
    [InlineData("(ab)*+c", "(?>(?<_1>ab)*)c")]
    [InlineData("[ab]?+", "(?>[ab]?)")]
    [InlineData("a{2}", "a{2}")]
    [InlineData("a{,2}", "a\\{,2}")]
    [InlineData("a{x}", "a\\{x}")]
    [InlineData("a+?", "a+?")]
    [InlineData("[[:alpha:]_]", "[\\p{L}\\p{M}_]")]
    [InlineData("[^[:digit:]]", "[^\\d]")]
    [InlineData("[[:^space:]]", "[\\S]")]
    [InlineData("[a[b]", "[a\\[b]")]
    [InlineData("[]a]", "[\\]a]")]
    [InlineData("\\Qa.b\\E.", "a\\.b.")]
    [InlineData("\\h\\v\\u", "hvu")]
    [InlineData("a{2}+", "(?>a{2})")]
    [InlineData("a**b", "(?:a*)*b")]
    [InlineData("(?'n'a)\\k<-1>", "(?<_1>a)\\k<_1>")]
    [InlineData("\\101\\o{101}", "\\x41(?:A)")]
    [InlineData("\\N\\O", "[^\\n][\\s\\S]")]
    [InlineData("\\p{lu}", "\\p{Lu}")]
    [InlineData("(a)?(?(1)b|c)", "(?<_1>a)?(?(_1)b|c)")]
    [InlineData("(a)(?1)(?<n>b)(?&n)(?-1)", "(?<_1>a)(?<_1>a)(?<_2>b)(?<_2>b)(?<_2>b)")]
    [InlineData("\\d\\W\\b", "\\d\\W\\b")]
    [InlineData("\\p{Alpha}\\P{Lu}", "[\\p{L}\\p{M}]\\P{Lu}")]
    [InlineData("\\x{41}", "(?:A)")]
    [InlineData("a(?#note)b", "ab")]
    [InlineData("(?i)a(?s:b)", "(?i)a(?s:b)")]
    [InlineData("(?<x>a(b))\\g<x>", "(?<_1>a(?<_2>b))(?<_1>a(?<_2>b))")]
    [InlineData("\\g<2>(a)([)]\\)c)", "(?<_2>[)]\\)c)(?<_1>a)(?<_2>[)]\\)c)")]
    [InlineData("a\\Kb", "a(?<_kept>)b")]
    public void Pattern_OfJq_BecomesThatOfTheFramework(string pattern, string expected)
    {
        var translated = new Translator(pattern, astral: false, extended: false).Translate();
        Assert.Equal(expected, translated);
        Assert.NotNull(new Regex(translated, RegexOptions.None, TimeSpan.FromSeconds(1)));
    }

    [Theory]
    [InlineData("^.$", "😀", true)]
    [InlineData("^..$", "😀", false)]
    [InlineData("^[^a]$", "😀", true)]
    [InlineData("^[😀-😎]+$", "😁😎", true)]
    [InlineData("^[a😀]{2}$", "a😀", true)]
    [InlineData("^[^😀]$", "😀", false)]
    [InlineData("😀+", "x😀😀", true)]
    [InlineData("^\\x{1F600}$", "😀", true)]
    public void Character_BeyondTheBasicPlane_IsOneCharacter(string pattern, string text, bool matches)
    {
        var translated = new Translator(pattern, astral: true, extended: false).Translate();
        Assert.Equal(matches, Regex.IsMatch(text, translated, RegexOptions.None, TimeSpan.FromSeconds(1)));
    }

    [Theory]
    [InlineData("(?<a>.)(.)(?<b>.)", new[] { "a", null, "b" })]
    [InlineData("((a)|(?<x>b))", new[] { null, null, "x" })]
    [InlineData("a", new string?[0])]
    public void Groups_OfAPattern_KeepTheOrderOfTheirParentheses(string pattern, string?[] names)
    {
        var translator = new Translator(pattern, astral: false, extended: false);
        translator.Translate();
        Assert.Equal(names, translator.GroupNames);
    }

    [Theory]
    [InlineData("(")]
    [InlineData(")")]
    [InlineData("[a")]
    [InlineData("*a")]
    [InlineData("[[:nope:]]")]
    [InlineData("\\k<none>")]
    [InlineData("\\x{110000000}")]
    [InlineData("[b-a]")]
    [InlineData("(?<1a>x)\\p{Nonsense}")]
    [InlineData("a\\")]
    [InlineData("\\g<none>")]
    [InlineData("(?<x>a\\g<x>?b)")]
    public void Pattern_ThatIsWrong_FailsWithAnErrorValue(string pattern)
    {
        var program = JqProgram.Compile("test($p)", new JqOptions { Variables = ["p"] });
        var outcome = program.First("text", [pattern]);
        Assert.Equal(JqOutcomeKind.Error, outcome.Kind);
        Assert.StartsWith("Regex failure: ", outcome.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Patterns_BeyondWhatIsKept_AreMadeAgain()
    {
        var program = JqProgram.Compile("test($p)", new JqOptions { Variables = ["p"] });
        for (var i = 0; i < 1200; i++)
            Assert.True(program.First($"x{i}", [$"x{i}"]).Value.IsTruthy);
    }
}
