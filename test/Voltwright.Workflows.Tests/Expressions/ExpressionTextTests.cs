using Voltwright.Workflows.Expressions;
using Voltwright.Workflows.Reading;

namespace Voltwright.Workflows.Tests.Expressions;

public sealed class ExpressionTextTests
{
    [Theory]
    [InlineData("${ .a }", true, ".a")]
    [InlineData("  ${.a}\n", true, ".a")]
    [InlineData("${ { a: 1 } }", true, "{ a: 1 }")]
    [InlineData("${ .a } and ${ .b }", true, ".a } and ${ .b")]
    [InlineData(".a", false, ".a")]
    [InlineData("x ${ .a }", false, "x ${ .a }")]
    [InlineData("${}", false, "${}")]
    public void Text_WhollyInBraces_IsAnExpression(string text, bool marked, string stripped)
    {
        Assert.Equal(marked, ExpressionText.IsMarked(text));
        Assert.Equal(stripped, ExpressionText.Strip(text));
    }

    [Theory]
    [InlineData("x ${ .a }", true)]
    [InlineData("${ .a }", false)]
    [InlineData("costs $5 {net}", false)]
    [InlineData("$ {.a}", false)]
    public void Text_WithBracesInside_OnlyLooksLikeOne(string text, bool expected) =>
        Assert.Equal(expected, ExpressionText.LooksMarked(text));

    [Theory]
    [InlineData("PT1S", 1)]
    [InlineData("PT0.25S", 0.25)]
    [InlineData("PT1M30S", 90)]
    [InlineData("PT2H", 7200)]
    [InlineData("P1D", 86400)]
    [InlineData("P1W", 604800)]
    [InlineData("P1DT1H", 90000)]
    [InlineData("P1M", 2592000)]
    [InlineData("P1Y", 31536000)]
    public void Duration_InIso8601_IsRead(string text, double seconds)
    {
        Assert.True(DurationText.TryParse(text, out var duration));
        Assert.Equal(seconds, duration.TotalSeconds);
    }

    [Theory]
    [InlineData("")]
    [InlineData("P")]
    [InlineData("PT")]
    [InlineData("P1DT")]
    [InlineData("1S")]
    [InlineData("PT-1S")]
    [InlineData("PT1H1H")]
    [InlineData("P99999Y")]
    [InlineData("30s")]
    public void Duration_InAnyOtherForm_IsNone(string text) => Assert.False(DurationText.TryParse(text, out _));

    [Theory]
    [InlineData("inptu", "did you mean 'input'?")]
    [InlineData("INPUT", "did you mean 'input'?")]
    [InlineData("out", null)]
    [InlineData("completely-different", null)]
    public void Spelling_OfAWord_FindsWhatWasMeant(string word, string? expected) =>
        Assert.Equal(expected, Spelling.DidYouMean(word, ["input", "output", "export"]));

    [Fact]
    public void Pointer_WithSpecialNames_IsEscaped() =>
        Assert.Equal("/do/3/a~1b~0c", JsonPointer.Append("/do", 3, "a/b~c"));
}
