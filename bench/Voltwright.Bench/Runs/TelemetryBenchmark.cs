using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Voltwright.Bench.Runs;

/// <summary>What metrics and traces cost: the same runs without any, with metrics and one trace in twenty, and with all traces.</summary>
internal static class TelemetryBenchmark
{
    private const int Stations = 2500;
    private const int WarmUp = 1500;
    private const int Taps = (Stations * PaperSystem.SlotsEach) - WarmUp;
    private const int Rounds = 3;

    public static async Task RunAsync(Report report, CancellationToken cancellation)
    {
        await using var collector = await StartCollectorAsync(cancellation);
        var endpoint = collector.Urls.First();
        Dictionary<string, string?> none = new() { ["OTEL_SDK_DISABLED"] = "true" };
        Dictionary<string, string?> all = new()
        {
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = endpoint, ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
        };
        Dictionary<string, string?> some = new(all) { ["OTEL_TRACES_SAMPLER"] = "parentbased_traceidratio", ["OTEL_TRACES_SAMPLER_ARG"] = "0.05" };
        Dictionary<string, string?> metrics = [];
        (List<double> Without, List<double> Metrics, List<double> Some, List<double> All) rates = ([], [], [], []);
        await RateAsync(none, cancellation);
        for (var round = 0; round < Rounds; round++)
        {
            // In turn, so that whatever else the machine does meets them alike.
            rates.Without.Add(await RateAsync(none, cancellation));
            rates.Metrics.Add(await RateAsync(metrics, cancellation));
            rates.Some.Add(await RateAsync(some, cancellation));
            rates.All.Add(await RateAsync(all, cancellation));
        }

        Baseline without = new("without telemetry", Meter.Median(rates.Without));
        report.Add("runs with metrics", Meter.Median(rates.Metrics), "runs/s per core", without, new(0.95, IsRatio: true));
        report.Add("runs with metrics and one trace in twenty", Meter.Median(rates.Some), "runs/s per core", without, new(0.95, IsRatio: true));
        report.Add("runs with metrics and all traces", Meter.Median(rates.All), "runs/s per core", without);
    }

    private static async Task<double> RateAsync(IReadOnlyDictionary<string, string?> telemetry, CancellationToken cancellation)
    {
        await using var system = await PaperSystem.StartAsync(Stations, cancellation, telemetry);
        await system.TapAsync(0, WarmUp, cancellation);
        var before = Environment.CpuUsage.TotalTime;
        await system.TapAsync(WarmUp, Taps, cancellation);
        return Taps / (Environment.CpuUsage.TotalTime - before).TotalSeconds;
    }

    private static async Task<WebApplication> StartCollectorAsync(CancellationToken cancellation)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var collector = builder.Build();
        collector.Run(context => context.Request.Body.CopyToAsync(Stream.Null));
        await collector.StartAsync(cancellation);
        return collector;
    }
}
