namespace Voltwright.Workflows.Tests.Reading;

public sealed class PublishedExamplesTests
{
    [Fact]
    public void Read_EveryPublishedExample_FindsNothingWrong()
    {
        var findings = SharedFiles.Files("dsl/examples", "*.yaml")
            .SelectMany(f => WorkflowReader.Read(File.ReadAllText(f), Path.GetFileName(f)).Findings);

        Assert.Empty(findings.Select(f => f.ToString()));
    }

    [Fact]
    public void Read_SeedAsWritten_FindsNothingWrong()
    {
        var findings = SharedFiles.Files("seed", "*.yaml")
            .SelectMany(f => WorkflowReader.Read(File.ReadAllText(f), Path.GetFileName(f)).Findings);

        Assert.Empty(findings.Select(f => f.ToString()));
    }
}
