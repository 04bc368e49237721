using System.Diagnostics.Metrics;
using Voltwright.Forwarding;
using Voltwright.Gateway;
using Voltwright.Storage;

namespace Voltwright.Server.Operations;

/// <summary>What is looked at whenever somebody collects metrics: how many stations are connected here, and what others still lack of the log.</summary>
internal sealed class Gauges : IHostedService, IDisposable
{
    private readonly Meter _meter;

    public Gauges(IMeterFactory meters, StationLinks links, IStore store, Forwarders forwarders)
    {
        _meter = meters.Create(Telemetry.Name);
        _meter.CreateObservableGauge("voltwright.stations.connected", () => links.All.Count, "{station}", "Stations connected to this node.");
        _meter.CreateObservableGauge("voltwright.events.position", () => store.LastEventPosition, "{position}", "The newest position of the event log.");
        _meter.CreateObservableGauge("voltwright.forwarding.lag", () => Lags(forwarders), "{position}", "Positions of the log that a destination lacks.");
        _meter.CreateObservableGauge(
            "voltwright.forwarding.failing", () => Failing(forwarders), "{subject}", "Subjects whose events a destination does not take.");
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _meter.Dispose();

    private static IEnumerable<Measurement<long>> Lags(Forwarders forwarders) =>
        forwarders.All.Select(f => new Measurement<long>(f.Lag, new KeyValuePair<string, object?>("destination", f.Name)));

    private static IEnumerable<Measurement<int>> Failing(Forwarders forwarders) =>
        forwarders.All.Select(f => new Measurement<int>(f.Failing, new KeyValuePair<string, object?>("destination", f.Name)));
}
