using System.Xml.Linq;
using Voltwright.Testing;

namespace Voltwright.Cli.Tests;

public sealed class ShowTests : IDisposable
{
    private const string Workflow = """
        document: { dsl: '1.0.3', namespace: default, name: shown, version: '0.1.0' }
        do:
          - first: { set: { a: 1 } }
          - second: { raise: { error: { type: https://example.com/errors/x, status: 418, title: Teapot } } }
        """;

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Show_OfAWorkflow_WritesAPicture()
    {
        var ended = await Executable.RunAsync("show", _folder.Write("shown.yaml", Workflow));

        Assert.Equal((0, ""), (ended.ExitCode, ended.Messages));
        Assert.Equal("svg", XDocument.Parse(ended.Output).Root!.Name.LocalName);
    }

    [Fact]
    public async Task Show_OfARun_MarksWhatFailed()
    {
        var file = _folder.Write("shown.yaml", Workflow);
        var (trace, picture) = (Path.Combine(_folder.Path, "trace.jsonl"), Path.Combine(_folder.Path, "shown.svg"));
        Assert.Equal(1, (await Executable.RunAsync("run", file, "--trace", trace)).ExitCode);

        var ended = await Executable.RunAsync("show", file, "--run", trace, "--output", picture);

        Assert.Equal((0, "", ""), (ended.ExitCode, ended.Output, ended.Messages));
        var groups = XDocument.Load(picture).Descendants().Select(e => e.Attribute("class")?.Value).ToArray();
        Assert.Contains("card set done", groups);
        Assert.Contains("card raise failed", groups);
    }

    [Theory]
    [InlineData("do: nothing", null, "cannot be drawn")]
    [InlineData(Workflow, "no trace", "neither a trace")]
    public async Task Show_OfWhatIsNoWorkflowOrTrace_SaysSo(string workflow, string? trace, string message)
    {
        string[] run = trace is null ? [] : ["--trace", _folder.Write("trace.jsonl", trace)];

        var ended = await Executable.RunAsync(["show", _folder.Write("shown.yaml", workflow), .. run]);

        Assert.Equal(2, ended.ExitCode);
        Assert.Contains(message, ended.Messages, StringComparison.Ordinal);
        Assert.Empty(ended.Output);
    }

    public void Dispose() => _folder.Dispose();
}
