using System.Diagnostics;

namespace Voltwright.Bench.Serving;

/// <summary>From starting the process to the first answered request, with a new data folder and with one that is there already.</summary>
internal static class StartupBenchmark
{
    private const int Rounds = 5;

    public static async Task RunAsync(Report report, CancellationToken cancellation)
    {
        var runtime = (await MedianAsync(() => ProgramAsync(cancellation))).Wall;
        var folder = Directory.CreateTempSubdirectory("voltwright-bench-");
        try
        {
            var first = await MedianAsync(() => ServeAsync(null, cancellation));
            await ServeAsync(folder, cancellation);
            var again = await MedianAsync(() => ServeAsync(folder, cancellation));
            Baseline baseline = new("the same program only printing its version", runtime);
            report.Add("start to the first answered request, new data", first.Wall, "s by the clock", baseline, new(2.5), lessIsBetter: true);
            report.Add("start to the first answered request, data there", again.Wall, "s by the clock", baseline, new(2.5), lessIsBetter: true);
            report.Add("the same by processor time", again.Processor, "s of processor time", lessIsBetter: true);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<(double Wall, double Processor)> ServeAsync(DirectoryInfo? folder, CancellationToken cancellation)
    {
        var started = Stopwatch.GetTimestamp();
        await using var server = await ServerProcess.StartAsync(cancellation, folder);
        await server.SendAsync(HttpMethod.Get, "/api/v2/stations", null, cancellation);
        return (Stopwatch.GetElapsedTime(started).TotalSeconds, server.Processor.TotalSeconds);
    }

    private static async Task<(double Wall, double Processor)> ProgramAsync(CancellationToken cancellation)
    {
        var started = Stopwatch.GetTimestamp();
        using var process = Process.Start(ServerProcess.StartInfo("--version"))!;
        await process.WaitForExitAsync(cancellation);
        return (Stopwatch.GetElapsedTime(started).TotalSeconds, process.TotalProcessorTime.TotalSeconds);
    }

    private static async Task<(double Wall, double Processor)> MedianAsync(Func<Task<(double Wall, double Processor)>> measure)
    {
        var values = new List<(double Wall, double Processor)>();
        for (var i = 0; i < Rounds; i++)
            values.Add(await measure());
        return (Meter.Median(values.Select(v => v.Wall)), Meter.Median(values.Select(v => v.Processor)));
    }
}
