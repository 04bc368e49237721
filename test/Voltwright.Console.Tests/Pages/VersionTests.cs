using Voltwright.Server.Console.Workflows;
using Voltwright.Workflows;

namespace Voltwright.Console.Tests.Pages;

public sealed class VersionTests
{
    [Fact]
    public void Compare_OfTwoTexts_ShowsWhatCameAndWent()
    {
        var lines = Versions.Compare("a\nb\nc\n", "a\nx\nc\nd\n");
        Assert.Equal([(' ', "a"), ('-', "b"), ('+', "x"), (' ', "c"), ('+', "d"), (' ', "")], lines);
    }

    [Fact]
    public void Compare_OfTheSameText_ShowsNoChange() => Assert.All(Versions.Compare("a\r\nb", "a\nb"), l => Assert.Equal(' ', l.Sign));

    [Fact]
    public void Compare_ReadBothWays_GivesBothTexts()
    {
        var (older, newer) = ("one\ntwo\nthree\nfour", "zero\none\nthree\nfive\nfour");
        var lines = Versions.Compare(older, newer);
        Assert.Equal(older, string.Join('\n', lines.Where(l => l.Sign != '+').Select(l => l.Line)));
        Assert.Equal(newer, string.Join('\n', lines.Where(l => l.Sign != '-').Select(l => l.Line)));
    }

    [Theory]
    [InlineData("document:\n  dsl: '1.0.0'\n  version: '1.0.0' # why\n", "document:\n  dsl: '1.0.0'\n  version: '2.0.0' # why\n")]
    [InlineData("document:\n  version: 1.0.0\ndo: []\n", "document:\n  version: 2.0.0\ndo: []\n")]
    [InlineData("{\n \"document\": {\n  \"version\": \"1.0.0-beta.1\"\n }}", "{\n \"document\": {\n  \"version\": \"2.0.0\"\n }}")]
    [InlineData("document: {}\n", "document: {}\n")]
    public void Renamed_Text_DiffersInItsVersionAlone(string text, string renamed) => Assert.Equal(renamed, Versions.Renamed(text, "2.0.0"));

    [Fact]
    public void Draft_OfTheEditor_IsValidAsItStands()
    {
        var draft = Draft.Of(Draft.Blank);
        Assert.NotNull(draft.Program);
        Assert.DoesNotContain(draft.Findings, f => f.Severity == Voltwright.Workflows.Findings.FindingSeverity.Error);
    }

    [Theory]
    [InlineData(".a", """{"a":[1]}""", "[1]")]
    [InlineData("${ .a }", """{"a":2}""", "2")]
    [InlineData(".[]", "[1,2]", "1 2")]
    [InlineData("1", "", "1")]
    public void Expression_OnASample_GivesItsOutputs(string program, string input, string outputs)
    {
        var trial = JqTrial.Run(program, input);
        Assert.Null(trial.Problem);
        Assert.Equal(outputs, string.Join(' ', trial.Outputs));
    }

    [Theory]
    [InlineData(".a |", "{}")]
    [InlineData(".a", "{")]
    [InlineData(".a.b", "[]")]
    [InlineData("[range(1e9)]", "null")]
    public void Expression_ThatCannotBe_SaysWhy(string program, string input) => Assert.NotNull(JqTrial.Run(program, input).Problem);

    [Fact]
    public void Expression_WithEndlessOutputs_IsCutShort() => Assert.Equal(50, JqTrial.Run("range(1e9)", "null").Outputs.Count);
}
