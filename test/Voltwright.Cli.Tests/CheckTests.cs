using System.Text.Json.Nodes;
using Voltwright.Testing;

namespace Voltwright.Cli.Tests;

public sealed class CheckTests : IDisposable
{
    private const string Broken = """
        document: { dsl: '1.0.0', namespace: default, name: broken, version: '0.1.0' }
        do:
          - greet:
              sett:
                a: 1
          - leave:
              set: { b: 2 }
              then: nowhere
        """;

    private const string Lost = """
        document: { dsl: '1.0.3', namespace: default, name: lost, version: '0.1.0' }
        do:
          - order: { set: { item: { id: 7, price: 12 } } }
          - bill:
              set: { amount: "${ .item.prize }" }
        """;

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Check_OfTheShippedWorkflows_FindsNoError()
    {
        var files = Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "workflows"), "*.yaml");
        Assert.NotEmpty(files);
        var ended = await Executable.RunAsync(["check", .. files]);
        Assert.Equal((0, ""), (ended.ExitCode, ended.Output));
    }

    [Fact]
    public async Task Check_AsJson_GivesFileLineColumnRuleAndRemedy()
    {
        var file = _folder.Write("broken.yaml", Broken);
        var ended = await Executable.RunAsync("check", file, "--format", "json");
        Assert.Equal(1, ended.ExitCode);
        var findings = JsonNode.Parse(ended.Output)!["findings"]!.AsArray();
        Assert.NotEmpty(findings);
        Assert.All(findings, finding => Assert.Equal(file, (string?)finding!["file"]));
        Assert.Contains(findings, finding => (int)finding!["line"]! == 4 && ((string?)finding["suggestion"])!.Contains("sett", StringComparison.Ordinal));
        Assert.All(findings, finding => Assert.Contains((string?)finding!["severity"], new[] { "error", "warning", "info" }));
    }

    [Fact]
    public async Task Check_AsText_IsOneLineAFindingForPeople()
    {
        var file = _folder.Write("broken.yaml", Broken);
        var ended = await Executable.RunAsync("check", file);
        Assert.Equal(1, ended.ExitCode);
        Assert.Contains($"{file}:4:", ended.Output, StringComparison.Ordinal);
        Assert.Contains("error(s)", ended.Messages, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_AsSarif_HasTheSameFindings()
    {
        var file = _folder.Write("broken.yaml", Broken);
        var json = JsonNode.Parse((await Executable.RunAsync("check", file, "--format", "json")).Output)!;
        var sarif = JsonNode.Parse((await Executable.RunAsync("check", file, "--format", "sarif")).Output)!;
        Assert.Equal("2.1.0", (string?)sarif["version"]);
        Assert.Equal(json["findings"]!.AsArray().Count, sarif["runs"]![0]!["results"]!.AsArray().Count);
    }

    [Fact]
    public async Task Check_AsSarif_TellsTheRulesWithTheirPages()
    {
        var file = _folder.Write("odd name.yaml", Lost);
        var run = JsonNode.Parse((await Executable.RunAsync("check", file, "--format", "sarif")).Output)!["runs"]![0]!;
        var rules = run["tool"]!["driver"]!["rules"]!.AsArray();

        Assert.All(run["results"]!.AsArray(), r => Assert.Equal((string?)r!["ruleId"], (string?)rules[(int)r["ruleIndex"]!]!["id"]));
        Assert.All(rules, r => Assert.StartsWith($"# {(string?)r!["id"]}", (string?)r["help"]!["markdown"], StringComparison.Ordinal));
        var place = run["results"]![0]!["locations"]![0]!["physicalLocation"]!;
        Assert.True(Uri.IsWellFormedUriString((string?)place["artifactLocation"]!["uri"], UriKind.RelativeOrAbsolute));
        Assert.Equal(5, (int)place["region"]!["startLine"]!);
    }

    [Theory]
    [InlineData("error", 0)]
    [InlineData("warning", 1)]
    public async Task Check_OfAWorkflowWithWarnings_FailsOnlyWhenTold(string least, int code)
    {
        var ended = await Executable.RunAsync("check", _folder.Write("lost.yaml", Lost), "--fail-on", least);

        Assert.Equal(code, ended.ExitCode);
        Assert.Contains("warning unknown-name: '.item.prize' cannot exist here", ended.Output, StringComparison.Ordinal);
        Assert.Contains("did you mean 'price'?", ended.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("check", "/nowhere/to/be/found.yaml")]
    [InlineData("check", "--format")]
    [InlineData("check", "a.yaml", "--format", "xml")]
    [InlineData("chekc", "a.yaml")]
    [InlineData("run")]
    public async Task Arguments_ThatCannotBeUsed_ExitWithTwoAndAMessage(params string[] arguments)
    {
        var ended = await Executable.RunAsync(arguments);
        Assert.Equal(2, ended.ExitCode);
        Assert.NotEmpty(ended.Messages);
        Assert.Empty(ended.Output);
    }

    public void Dispose() => _folder.Dispose();
}
