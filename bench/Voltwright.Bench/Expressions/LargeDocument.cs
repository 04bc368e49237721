using System.Buffers;
using Voltwright.Jq;

namespace Voltwright.Bench.Expressions;

/// <summary>Ten megabytes parsed, evaluated and printed: in this process, by libjq in this process, and by <c>jq</c> and ourselves as programs.</summary>
internal static class LargeDocument
{
    private const string Milliseconds = "ms of processor time";
    private const int ProcessRounds = 3;
    private static readonly string[] Sources = [".", "map(select(.paid) | {id, energyWh, card: .card.id})"];

    public static void Measure(Report report, CancellationToken cancellation)
    {
        var json = Documents.Large();
        var file = Path.Combine(Path.GetTempPath(), $"voltwright-bench-{Guid.NewGuid():N}.json");
        File.WriteAllBytes(file, json);
        try
        {
            var version = JqTool.Version();
            if (version is null)
                report.Remark("The jq program is not installed (Debian: apt-get install jq): the large document is not compared with it.");
            foreach (var source in Sources)
            {
                cancellation.ThrowIfCancellationRequested();
                Measure(report, source, json, file, version);
            }
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static void Measure(Report report, string source, byte[] json, string file, string? version)
    {
        var program = JqProgram.Compile(source);
        var output = new ArrayBufferWriter<byte>(json.Length);
        var ours = Meter.Milliseconds(() =>
        {
            output.ResetWrittenCount();
            program.First(JsonValue.Parse(json)).Value.WriteTo(output);
        });
        var name = $"10 MB through {source}";
        if (LibJq.IsInstalled)
            report.Add($"{name}, in process", ours, Milliseconds, new("libjq, in process", InLibrary(source, json)), new(1, true), true);
        else
            report.Add($"{name}, in process", ours, Milliseconds, lessIsBetter: true);
        if (version is null)
            return;
        var tool = new Baseline(version, Process("jq", ["-c", source], file));
        report.Add($"{name}, in process, to the jq program", ours, Milliseconds, tool, new(1, true), true);
        if (Ourselves() is var (path, first))
            report.Add($"{name}, voltwright eval, to the jq program", Process(path, [.. first, "eval", "-c", source], file), Milliseconds, tool, null, true);
    }

    private static double InLibrary(string source, byte[] json)
    {
        using var library = new LibJq(source);
        return Meter.Milliseconds(() => library.EvaluateBytes(json));
    }

    private static double Process(string path, string[] arguments, string file) =>
        Meter.Median(Enumerable.Range(0, ProcessRounds).Select(_ => JqTool.Milliseconds(path, arguments, file)));

    /// <summary>How this program is started: by its own executable, or by <c>dotnet</c> with its assembly.</summary>
    private static (string Path, string[] First)? Ourselves()
    {
        var entry = System.Reflection.Assembly.GetEntryAssembly();
        if (entry?.GetName().Name != "voltwright" || Environment.ProcessPath is not { } path)
            return null;
        return Path.GetFileNameWithoutExtension(path) == "dotnet" ? (path, [entry.Location]) : (path, []);
    }
}
