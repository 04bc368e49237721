using System.CommandLine;
using System.Text;
using Voltwright.Workflows;
using Voltwright.Workflows.Drawing;

namespace Voltwright.Cli.Commands;

/// <summary>Draws a workflow, and what a run did on it.</summary>
internal static class ShowCommand
{
    private static readonly Argument<string> File = new("file") { Description = "The workflow, YAML or JSON." };

    private static readonly Option<string> Run = new("--run", "--trace")
    {
        Description = "Draw a run on it: what 'voltwright run --trace' wrote, or the JSON of GET /api/v2/runs/ID; - reads stdin.",
    };

    private static readonly Option<string> Output = new("--output", "-o") { Description = "The SVG file to write; stdout by default." };

    public static Command Create() =>
        new Command("show", "Draw a workflow as SVG, and a run on it.") { File, Run, Output }.Runs(ShowAsync);

    private static async Task<int> ShowAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var file = parsed.GetValue(File)!;
        var reading = WorkflowReader.Read(await Options.ReadAsync(file, cancellation), file);
        if (reading.Definition is null || reading.HasErrors)
        {
            foreach (var finding in reading.Findings)
                await Console.Error.WriteLineAsync(finding.ToString());
            throw new UsageException($"'{file}' cannot be drawn; see above.");
        }

        if (!WorkflowDrawing.IsDrawable(reading.Definition))
            throw new UsageException($"'{file}' has more than {WorkflowDrawing.MostTasks} tasks, too many for a picture.");
        var svg = WorkflowDrawing.Svg(reading.Definition, await TrailAsync(parsed.GetValue(Run), cancellation));
        if (parsed.GetValue(Output) is not { } output)
            Console.Write(svg);
        else
            await WriteAsync(output, svg, cancellation);
        return ExitCode.Success;
    }

    private static async Task<RunTrail?> TrailAsync(string? path, CancellationToken cancellation)
    {
        if (path is null)
            return null;
        try
        {
            return RunTrail.Parse(await Options.ReadAsync(path, cancellation));
        }
        catch (FormatException e)
        {
            throw new UsageException($"'{path}': {e.Message}");
        }
    }

    private static async Task WriteAsync(string path, string svg, CancellationToken cancellation)
    {
        try
        {
            await System.IO.File.WriteAllTextAsync(path, svg, new UTF8Encoding(false), cancellation);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"cannot write '{path}': {e.Message}");
        }
    }
}
