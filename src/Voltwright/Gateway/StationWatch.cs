using System.Diagnostics;
using Voltwright.Ocpp;
using Voltwright.Ocpp.Connection;

namespace Voltwright.Gateway;

/// <summary>What passes between stations and this server, traced and measured.</summary>
internal static class StationWatch
{
    /// <summary>The handler of an OCPP connection, watched. Actions that its version does not have share one name.</summary>
    public static OcppHandler Watched(OcppHandler handler, string stationId, OcppProtocol protocol) => async (action, payload, cancellation) =>
    {
        var name = protocol.Find(action) is null ? "unknown" : action;
        var started = Stopwatch.GetTimestamp();
        using var activity = Telemetry.StartMessage(stationId, protocol.Subprotocol, name);
        var outcome = "failed";
        try
        {
            var answer = await handler(action, payload, cancellation);
            outcome = answer is OcppAnswer.Error ? "error" : "answered";
            return answer;
        }
        finally
        {
            Measure(protocol.Subprotocol, name, outcome, started);
        }
    };

    /// <summary>An event of a native station.</summary>
    public static async Task<IReadOnlyList<string>> TakeAsync(string stationId, Func<Task<IReadOnlyList<string>>> take)
    {
        var started = Stopwatch.GetTimestamp();
        using var activity = Telemetry.StartMessage(stationId, "mqtt", "event");
        var problems = await take();
        Measure("mqtt", "event", problems.Count > 0 ? "error" : "answered", started);
        return problems;
    }

    /// <summary>A command, from its place in the line to the station's answer.</summary>
    public static async Task<CommandOutcome> SendAsync(string stationId, string command, Func<Task<CommandOutcome>> send)
    {
        var started = Stopwatch.GetTimestamp();
        using var activity = Telemetry.StartCommand(stationId, command);
        var outcome = await send();
        var name = outcome.GetType().Name.ToLowerInvariant();
        activity?.SetTag("voltwright.outcome", name);
        Metrics.StationCommands.Record(
            Stopwatch.GetElapsedTime(started).TotalSeconds, new("command", command), new("outcome", name));
        return outcome;
    }

    private static void Measure(string protocol, string action, string outcome, long started) => Metrics.StationMessages.Record(
        Stopwatch.GetElapsedTime(started).TotalSeconds, new("protocol", protocol), new("action", action), new("outcome", outcome));
}
