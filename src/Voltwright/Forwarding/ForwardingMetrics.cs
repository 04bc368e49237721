using System.Diagnostics.Metrics;
using Voltwright.Automation;

namespace Voltwright.Forwarding;

/// <summary>What can be watched of the sending of events.</summary>
internal static class ForwardingMetrics
{
    private static readonly Meter Meter = new(Telemetry.Name);

    private static readonly Counter<long> Attempts = Meter.CreateCounter<long>("voltwright.forwarding.attempts");

    private static readonly Histogram<double> Duration = Meter.CreateHistogram<double>("voltwright.forwarding.duration", "s");

    public static Counter<long> DeadLetters { get; } = Meter.CreateCounter<long>("voltwright.forwarding.dead_letters");

    public static void Count(string kind, string outcome, TimeSpan took)
    {
        KeyValuePair<string, object?> where = new("kind", kind);
        Attempts.Add(1, where, new("outcome", outcome));
        Duration.Record(took.TotalSeconds, where);
    }
}
