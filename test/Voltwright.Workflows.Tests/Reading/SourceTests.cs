using System.Text;
using Voltwright.Jq;
using Voltwright.Workflows.Findings;

namespace Voltwright.Workflows.Tests.Reading;

public sealed class SourceTests
{
    [Theory]
    [InlineData("on", "\"on\"")]
    [InlineData("yes", "\"yes\"")]
    [InlineData("true", "true")]
    [InlineData("'true'", "\"true\"")]
    [InlineData("~", "null")]
    [InlineData("012", "12")]
    [InlineData("+.5", "0.5")]
    [InlineData("1.", "1")]
    [InlineData("-0x1", "\"-0x1\"")]
    [InlineData("0x1F", "31")]
    [InlineData("0o17", "15")]
    [InlineData("1e3", "1000")]
    [InlineData("1.0.3", "\"1.0.3\"")]
    [InlineData("12:30", "\"12:30\"")]
    [InlineData("2026-01-01", "\"2026-01-01\"")]
    [InlineData("!!str 5", "\"5\"")]
    [InlineData("12345678901234567890", "12345678901234567890")]
    public void Scalar_ByTheCoreSchema_IsWhatItIs(string text, string json) => Assert.Equal(JsonValue.Parse(json), WorkflowReader.ReadValue($"a: {text}")["a"]);

    [Fact]
    public void Yaml_WithOnAsKey_KeepsIt() => Assert.Equal("""{"on":{"yes":"no"}}""", WorkflowReader.ReadValue("on: { yes: no }").ToString());

    [Fact]
    public void Yaml_WithAliases_WritesThemOut() =>
        Assert.Equal("""{"a":{"x":1},"b":[{"x":1},{"x":1}]}""", WorkflowReader.ReadValue("a: &a { x: 1 }\nb: [ *a, *a ]").ToString());

    [Theory]
    [InlineData("{ \"a\": [1, }", Rules.Syntax)]
    [InlineData("a: [1", Rules.Syntax)]
    [InlineData("a: b: c", Rules.Syntax)]
    [InlineData("", Rules.Syntax)]
    [InlineData("# nothing", Rules.Syntax)]
    [InlineData("a: 1\n---\nb: 2", Rules.Syntax)]
    [InlineData("? [a]\n: 1", Rules.Syntax)]
    [InlineData("a: &a [ *a ]", Rules.Syntax)]
    [InlineData("a: *b", Rules.Syntax)]
    [InlineData("a: 1\na: 2", Rules.DuplicateKey)]
    public void Text_ThatIsBroken_IsFoundWithItsPlace(string text, string rule)
    {
        var reading = WorkflowReader.Read(text, "t.yaml");

        Assert.Contains(reading.Findings, f => f.Rule == rule && f.Line > 0);
        Assert.True(reading.HasErrors);
    }

    [Theory]
    [InlineData("42")]
    [InlineData("[1, 2]")]
    [InlineData("just text")]
    [InlineData("null")]
    public void Text_ThatIsNoMapping_IsNoWorkflow(string text) =>
        Assert.Equal(Rules.WrongType, Assert.Single(WorkflowReader.Read(text, "t.yaml").Findings).Rule);

    [Fact]
    public void Json_Positions_AreKept()
    {
        var reading = WorkflowReader.Read("{\n  \"document\": 5,\n  \"do\": [],\n  \"dx\": 1\n}", "t.json");

        Assert.Equal([(2, 15), (4, 3)], reading.Findings.Select(f => (f.Line, f.Column)));
    }

    [Fact]
    public void Source_WithAnAliasBomb_IsRefusedAtOnce()
    {
        var text = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (var i = 1; i < 30; i++)
            text.Append(null, $"a{i}: &a{i} [{string.Join(", ", Enumerable.Repeat($"*a{i - 1}", 10))}]\n");

        Assert.Equal(Rules.TooLarge, Assert.Single(WorkflowReader.Read(text.ToString(), "t.yaml").Findings).Rule);
    }

    [Theory]
    [InlineData("[", "]")]
    [InlineData("{\"a\":", "}")]
    public void Source_NestedDeeply_IsRefused(string open, string close)
    {
        var text = string.Concat(Enumerable.Repeat(open, 5000)) + "1" + string.Concat(Enumerable.Repeat(close, 5000));

        Assert.True(WorkflowReader.Read($"{{\"document\": {text}}}", "t").HasErrors);
        Assert.True(WorkflowReader.Read($"document: {text}", "t").HasErrors);
    }

    [Fact]
    public void Source_OfOneMegabyteOfTasks_Loads()
    {
        var text = new StringBuilder("document: { dsl: 1.0.3, namespace: test, name: t, version: 1.0.0 }\ndo:\n");
        for (var i = 0; i < 10_000; i++)
            text.Append(null, $"  - task{i}:\n      set:\n        number: ${{ .number + 1 }}\n        {new string('x', 30)}: some text to fill the line\n");
        Assert.True(text.Length > 1_000_000);

        var host = new TestHost(text.ToString()).Run();

        Assert.Equal(10_000, host.State.Output["number"]);
    }

    [Fact]
    public void Source_OverTheLimit_IsRefused() =>
        Assert.Equal(Rules.TooLarge, Assert.Single(WorkflowReader.Read($"a: {new string('x', 5_000_000)}", "t").Findings).Rule);
}
