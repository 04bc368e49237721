using System.Text;
using Voltwright.Jq;

namespace Voltwright.Bench.Expressions;

/// <summary>What an expression costs: value to value, text to text, and over a large document.</summary>
internal static class JqBenchmark
{
    private const string PerCore = "evaluations/s per core";
    private const string Typed = $".event.type == \"{Documents.EventType}\"";
    private const string Added = "$context + {session: .}";
    private const string Mapped = "map(select(.a > 1) | .b)";

    public static Task RunAsync(Report report, CancellationToken cancellation) => Task.Run(() => Run(report, cancellation), cancellation);

    private static void Run(Report report, CancellationToken cancellation)
    {
        if (!LibJq.IsInstalled)
            report.Remark("libjq is not installed (Debian: apt-get install libjq1): no ratio to it can be given.");
        Comparison(report);
        cancellation.ThrowIfCancellationRequested();
        Expression(report, Added, Documents.Session, 5e6, Documents.Context);
        cancellation.ThrowIfCancellationRequested();
        Expression(report, Mapped, Documents.Ten, 1.5e6);
        cancellation.ThrowIfCancellationRequested();
        LargeDocument.Measure(report, cancellation);
    }

    /// <summary>Our host holds values; a host of libjq has texts and pays for crossing over, as it does in .NET.</summary>
    private static void Comparison(Report report)
    {
        var value = Expression(report, Typed, Documents.Event, 20e6);
        var json = Encoding.UTF8.GetBytes(Documents.Event);
        var program = JqProgram.Compile(Typed);
        var ours = Meter.Rate(n =>
        {
            for (var i = 0; i < n; i++)
                program.First(JsonValue.Parse(json)).Value.ToString();
        });
        var theirs = LibJq.IsInstalled ? TextRate(Typed, json) : (double?)null;
        var baseline = theirs is { } rate ? new Baseline("libjq, text in and out", rate) : null;
        report.Add($"{Typed}, text in and out", ours, PerCore, baseline);
        report.Add($"{Typed}, values, to libjq's texts", value, PerCore, baseline, new Target(100, IsRatio: true));
    }

    private static double Expression(Report report, string source, string input, double target, string? context = null)
    {
        var ours = Ours(source, JsonValue.Parse(input), context);
        var rate = Meter.Rate(ours);
        var baseline = LibJq.IsInstalled ? new Baseline("libjq, values", ValueRate(source, input, context)) : null;
        report.Add(source, rate, PerCore, baseline, new Target(target));
        report.Add($"{source}, allocation", Meter.BytesPerCall(ours), "bytes/evaluation", lessIsBetter: true);
        return rate;
    }

    private static Action<int> Ours(string source, JsonValue input, string? context)
    {
        var program = JqProgram.Compile(source, new JqOptions { Variables = context is null ? [] : ["context"] });
        JsonValue[] variables = context is null ? [] : [JsonValue.Parse(context)];
        if (!program.First(input, variables).IsValue)
            throw new InvalidOperationException($"'{source}' gave no output.");
        return n =>
        {
            for (var i = 0; i < n; i++)
                program.First(input, variables);
        };
    }

    private static double ValueRate(string source, string input, string? context)
    {
        using var library = new LibJq(source, context is null ? null : $"{{\"context\":{context}}}");
        var value = LibJq.Parse(input);
        var rate = Meter.Rate(n =>
        {
            for (var i = 0; i < n; i++)
                LibJq.Release(library.Evaluate(value));
        });
        LibJq.Release(value);
        return rate;
    }

    private static double TextRate(string source, byte[] json)
    {
        using var library = new LibJq(source);
        return Meter.Rate(n =>
        {
            for (var i = 0; i < n; i++)
                library.EvaluateText(json);
        });
    }
}
