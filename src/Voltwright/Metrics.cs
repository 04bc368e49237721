using System.Diagnostics.Metrics;

namespace Voltwright;

/// <summary>Every count and duration that the product tells of; what is only looked at now and then is measured by the server.</summary>
/// <remarks>Names are listed in <c>docs/telemetry.md</c>, which a test checks, as it checks the dashboard and the alert rules.</remarks>
public static class Metrics
{
    private static readonly Meter Meter = new(Telemetry.Name);

    // In seconds: what the budgets are about lies between a millisecond and a second.
    private static readonly InstrumentAdvice<double> Durations = new()
    {
        HistogramBucketBoundaries = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
    };

    public static Counter<long> RunsStarted { get; } = Meter.CreateCounter<long>("voltwright.runs.started", "{run}", "Runs begun.");

    public static Counter<long> RunsEnded { get; } = Meter.CreateCounter<long>("voltwright.runs.ended", "{run}", "Runs over, by status.");

    public static Counter<long> StartsFailed { get; } = Meter.CreateCounter<long>(
        "voltwright.runs.failed_to_start", "{run}", "Events that should have started a run and did not.");

    public static Counter<long> EventsDispatched { get; } = Meter.CreateCounter<long>(
        "voltwright.events.dispatched", "{event}", "Runs started by events.");

    public static Gauge<long> EventLag { get; } = Meter.CreateGauge<long>(
        "voltwright.events.lag", "{position}", "Positions of the log that no workflow has been started for or passed by yet.");

    /// <summary>From a station's message to its answer, by <c>action</c>, <c>protocol</c> and <c>outcome</c>.</summary>
    public static Histogram<double> StationMessages { get; } = Seconds(
        "voltwright.station.messages", "From a station's message to its answer.");

    /// <summary>From a command to the station's answer, by <c>command</c> and <c>outcome</c>.</summary>
    public static Histogram<double> StationCommands { get; } = Seconds(
        "voltwright.station.commands", "From a command to the station's answer.");

    public static Histogram<double> TapToLed { get; } = Seconds(
        "voltwright.tap.led", "From a card tap to the station's consent to the first LED command after it.");

    public static Counter<long> Payments { get; } = Meter.CreateCounter<long>("voltwright.payments", "{payment}", "Payments asked for, by outcome.");

    public static Counter<long> ForwardingAttempts { get; } = Meter.CreateCounter<long>(
        "voltwright.forwarding.attempts", "{attempt}", "Events sent to others, by kind and outcome.");

    public static Histogram<double> ForwardingDuration { get; } = Seconds("voltwright.forwarding.duration", "From sending an event to its answer.");

    public static Counter<long> DeadLetters { get; } = Meter.CreateCounter<long>(
        "voltwright.forwarding.dead_letters", "{event}", "Events that were given up.");

    private static Histogram<double> Seconds(string name, string about) => Meter.CreateHistogram(name, "s", about, advice: Durations);
}
