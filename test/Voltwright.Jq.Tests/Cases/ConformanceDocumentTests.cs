using System.Text;
using Voltwright.Testing;

namespace Voltwright.Jq.Tests.Cases;

/// <summary>The document of deliberate differences is written from their cases; set <c>VOLTWRIGHT_WRITE_DOCS</c> to write it anew.</summary>
public sealed class ConformanceDocumentTests
{
    [Fact]
    public void Document_OfDeliberateDifferences_AgreesWithTheirCases()
    {
        var path = Path.Combine(Repository.Root, "docs", "conformance", "jq.md");
        var wanted = Write();
        if (Environment.GetEnvironmentVariable("VOLTWRIGHT_WRITE_DOCS") is not null)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, wanted);
        }

        Assert.Equal(wanted, File.ReadAllText(path));
    }

    private static string Write()
    {
        var text = new StringBuilder("# jq: where we differ, and why\n\n");
        text.Append("`Voltwright.Jq` follows the manual of jq 1.8. Below is everything it does otherwise on purpose. ");
        text.Append("This page is written from `test/Voltwright.Jq.Tests/Cases/deliberate.jqt` by a test.\n");
        foreach (var group in CaseFile.Read(Path.Combine(CaseFile.Folder, "deliberate.jqt")).GroupBy(c => c.Heading))
        {
            text.Append($"\n## {group.Key}\n\n| program | input | answer |\n|---|---|---|\n");
            foreach (var c in group)
                text.Append($"| {Code(c.Program)} | {Code(c.Input)} | {string.Join("<br>", c.Answers.Select(Code))} |\n");
        }

        return text.ToString();
    }

    private static string Code(string text) => $"`{text.Replace("|", "\\|", StringComparison.Ordinal)}`";
}
