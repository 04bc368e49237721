using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Voltwright.Testing;

namespace Voltwright.EndToEnd;

public sealed class TraceTests : IDisposable
{
    private readonly ConcurrentQueue<Activity> _ended = new();
    private readonly ActivityListener _listener;

    public TraceTests()
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is "Voltwright" or "Microsoft.AspNetCore",
            Sample = (ref _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = _ended.Enqueue,
        };
        ActivitySource.AddActivityListener(_listener);
    }

    [Fact]
    public async Task Tap_AtAStation_IsOneTraceFromItsMessageToTheLedCommand()
    {
        await using var collector = await FakeService.StartAsync(_ => Results.Ok());
        await using var system = await RunningSystem.StartAsync(change: options => options with
        {
            Telemetry = new Dictionary<string, string?>
            {
                ["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.Address.ToString(), ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
            },
        });
        var station = await system.AddOcppStationAsync("TRACED");
        await system.AddCardAsync("TRACED-CARD");
        var lit = station.WaitForLedAsync("1");
        await station.TapAsync("TRACED-CARD", 1);
        await lit;

        var trace = await TraceOfAsync("TRACED", "command SetLed");

        string[] expected = ["ocpp1.6 Authorize", "run managing-ev-charging-stations", "call POST", "command SetLed"];
        Assert.All(expected, name => Assert.Contains(trace, a => a.DisplayName == name));
        Assert.Contains(trace, a => a.Source.Name == "Microsoft.AspNetCore");
        Assert.Contains(trace, a => a.Kind == ActivityKind.Server && a.GetTagItem("rpc.system") as string == "orleans");
    }

    public void Dispose() => _listener.Dispose();

    /// <summary>Everything in the trace that the station's Authorize began, once it has what is waited for.</summary>
    private async Task<IReadOnlyList<Activity>> TraceOfAsync(string station, string untilName)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20), TimeProvider.System);
        while (true)
        {
            var ended = _ended.ToArray();
            var root = ended.FirstOrDefault(a => a.DisplayName == "ocpp1.6 Authorize" && a.GetTagItem("voltwright.station") as string == station);
            Activity[] trace = [.. ended.Where(a => a.TraceId == root?.TraceId)];
            if (trace.Any(a => a.DisplayName == untilName) && trace.Any(a => a.DisplayName == "call POST"))
                return trace;
            if (patience.IsCancellationRequested)
                throw new TimeoutException($"No '{untilName}' in the trace of {station}; it has {string.Join(", ", trace.Select(a => a.DisplayName))}.");
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        }
    }
}
