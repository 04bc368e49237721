using Voltwright.Workflows.Drawing;
using Xunit;

namespace Voltwright.Workflows.Tests.Drawing;

public sealed class DrawingDocumentTests
{
    [Fact]
    public void Documents_OfTheShippedWorkflows_AreWhatTheCommandDraws()
    {
        foreach (var file in Directory.EnumerateFiles(Path.Combine(SharedFiles.Root, "workflows"), "*.yaml"))
        {
            var svg = WorkflowDrawing.Svg(WorkflowReader.Read(File.ReadAllText(file), file).Definition!);
            var document = Path.Combine(SharedFiles.Root, "docs", "drawings", Path.GetFileNameWithoutExtension(file) + ".svg");
            if (Environment.GetEnvironmentVariable("VOLTWRIGHT_WRITE_DOCS") == "1")
                File.WriteAllText(document, svg);
            Assert.True(
                File.Exists(document) && File.ReadAllText(document).ReplaceLineEndings("\n") == svg,
                $"{document} is not what 'voltwright show' draws; run this test once with VOLTWRIGHT_WRITE_DOCS=1.");
        }
    }
}
