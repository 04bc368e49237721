using System.CommandLine;
using System.Globalization;
using Spectre.Console;
using Voltwright.Bench;
using Voltwright.Jq;

namespace Voltwright.Cli.Commands;

/// <summary>The project's own benchmarks, as values, ratios to a baseline of the same run, and targets.</summary>
internal static class BenchCommand
{
    private static readonly Argument<string[]> Names = new("name")
    {
        Description = $"Which to run: {string.Join(", ", Benchmark.All.Select(b => b.Name))}. "
            + $"None: all but {string.Join(", ", Benchmark.All.Where(b => b.OnRequest).Select(b => b.Name))}.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private static readonly Option<bool> Json = new("--json") { Description = "Print one JSON document instead of tables." };

    private static readonly Option<double> Minutes = new("--minutes")
    {
        Description = "How long the soak takes.",
        DefaultValueFactory = _ => 1,
    };

    private static readonly Option<long> Sessions = new("--sessions")
    {
        Description = "How many sessions the analytics are asked about.",
        DefaultValueFactory = _ => Report.ManySessions,
    };

    public static Command Create() => new Command("bench", "Measure this machine and this build, against baselines of the same run.")
    {
        Names, Json, Minutes, Sessions,
    }.Runs(RunAsync);

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        if (parsed.GetValue(Minutes) is not (> 0 and <= 10_000))
            throw new UsageException("--minutes lies above 0 and at most at 10000.");
        if (parsed.GetValue(Sessions) is not (> 0 and <= 1_000_000_000))
            throw new UsageException("--sessions lies above 0 and at most at 1000000000.");
        var chosen = Chosen(parsed.GetValue(Names) ?? []);
        var reports = new List<Report>();
        foreach (var benchmark in chosen)
        {
            await Console.Error.WriteLineAsync($"{benchmark.Name}: {benchmark.About} …");
            var report = new Report(benchmark.Name, TimeSpan.FromMinutes(parsed.GetValue(Minutes)), parsed.GetValue(Sessions));
            if (IsUnoptimised())
                report.Remark("This is a debug build: the numbers mean nothing. Use 'dotnet run -c Release --project src/Voltwright.Cli -- bench'.");
            await benchmark.RunAsync(report, cancellation);
            reports.Add(report);
            if (!parsed.GetValue(Json))
                Print(report);
        }

        if (parsed.GetValue(Json))
            Console.WriteLine(((JsonValue)Document(reports)).ToIndentedString());
        else if (reports.Count > 1)
            PrintBudget(reports);
        return reports.SelectMany(r => r.Measurements).Any(m => m.Met == false) ? ExitCode.Failed : ExitCode.Success;
    }

    private static IReadOnlyList<Benchmark> Chosen(string[] names)
    {
        var unknown = names.FirstOrDefault(name => Benchmark.All.All(b => b.Name != name));
        if (unknown is not null)
            throw new UsageException($"there is no benchmark '{unknown}'; there are {string.Join(", ", Benchmark.All.Select(b => b.Name))}.");
        return names.Length == 0 ? [.. Benchmark.All.Where(b => !b.OnRequest)] : [.. Benchmark.All.Where(b => names.Contains(b.Name))];
    }

    private static JsonObject Document(List<Report> reports) => JsonObject.Of(
        ("processors", Environment.ProcessorCount),
        ("runtime", System.Runtime.InteropServices.RuntimeInformation.FrameworkDescription),
        ("benchmarks", JsonArray.From(reports.Select(r => (JsonValue)r.ToJson()))));

    /// <summary>Everything that has to be reached, in one table.</summary>
    private static void PrintBudget(List<Report> reports)
    {
        Terminal.Results.WriteLine("The budget: every value that has a target.");
        Print(reports.SelectMany(r => r.Measurements.Where(m => m.Target is not null)), m => $"{m.Benchmark}: {m.Name}");
    }

    private static void Print(IEnumerable<Measurement> measurements, Func<Measurement, string> nameOf)
    {
        var table = new Table { Border = TableBorder.Simple };
        table.AddColumns("Measured", "Value", "Unit", "Baseline", "Ratio", "Target", "Met");
        foreach (var m in measurements)
        {
            table.AddRow(
                Cell(nameOf(m)), Cell(Number(m.Value)), Cell(m.Unit), Cell(m.Baseline is { } b ? $"{Number(b.Value)} ({b.Name})" : ""),
                Cell(m.Ratio is { } ratio ? $"{Number(ratio)} ×" : ""), Cell(Goal(m)), Cell(m.Met switch { true => "yes", false => "NO", null => "" }));
        }

        Terminal.Results.Write(table);
    }

    private static void Print(Report report)
    {
        Print(report.Measurements, m => m.Name);
        foreach (var remark in report.Remarks)
            Terminal.Results.MarkupLineInterpolated($"[yellow]{remark}[/]");
        Terminal.Results.MarkupLineInterpolated(
            $"{report.Benchmark}: {report.Wall.TotalSeconds:0.0} s by the clock, {report.Processor.TotalSeconds:0.0} s of processor time.\n");
        Terminal.Results.WriteLine("Per core is per second of this process's processor time, whatever else the machine does.");
    }

    private static string Goal(Measurement m) => m.Target is not { } target ? ""
        : $"{(m.LessIsBetter && !target.IsRatio ? "≤" : "≥")} {Number(target.Value)}{(target.IsRatio ? " ×" : "")}";

    private static string Cell(string text) => text.EscapeMarkup();

    private static string Number(double value) => Math.Abs(value) switch
    {
        >= 1e6 => (value / 1e6).ToString("0.0#", CultureInfo.InvariantCulture) + " M",
        >= 1e4 => (value / 1e3).ToString("0.0", CultureInfo.InvariantCulture) + " k",
        >= 100 => value.ToString("0", CultureInfo.InvariantCulture),
        _ => value.ToString("0.##", CultureInfo.InvariantCulture),
    };

    private static bool IsUnoptimised() => typeof(JqProgram).Assembly.GetCustomAttributes(typeof(System.Diagnostics.DebuggableAttribute), false)
        .OfType<System.Diagnostics.DebuggableAttribute>().Any(a => a.IsJITOptimizerDisabled);
}
