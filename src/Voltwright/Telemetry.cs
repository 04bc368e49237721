using System.Diagnostics;
using Voltwright.Automation;
using Voltwright.Workflows.Runs;

namespace Voltwright;

/// <summary>Traces, from a station's message over events, runs and their calls to the command that comes of it.</summary>
public static class Telemetry
{
    public const string Name = "Voltwright";

    public static ActivitySource Source { get; } = new(Name);

    /// <summary>Where an event, run or call that begins now belongs to; null when nobody looks.</summary>
    public static string? Current => Activity.Current is { Recorded: true, IdFormat: ActivityIdFormat.W3C } activity ? activity.Id : null;

    internal static Activity? StartMessage(string stationId, string protocol, string action)
    {
        var activity = Source.StartActivity($"{protocol} {action}", ActivityKind.Server);
        activity?.SetTag("voltwright.station", stationId);
        return activity;
    }

    internal static Activity? StartCommand(string stationId, string command)
    {
        var activity = Source.StartActivity($"command {command}", ActivityKind.Client);
        activity?.SetTag("voltwright.station", stationId);
        return activity;
    }

    internal static Activity? StartRun(RunOrder order, string id)
    {
        var activity = Source.StartActivity($"run {order.Workflow.Name}", ActivityKind.Consumer, order.TraceParent);
        activity?.SetTag("voltwright.run", id);
        return activity;
    }

    internal static Activity? StartInvocation(Invoke invoke, string? traceParent)
    {
        var activity = GoOn($"invoke {invoke.Kind}", ActivityKind.Internal, traceParent);
        activity?.SetTag("voltwright.call", invoke.IdempotencyKey);
        return activity;
    }

    internal static Activity? StartCall(CallHttp call, string? traceParent)
    {
        var activity = GoOn($"call {call.Request.Method}", ActivityKind.Internal, traceParent);
        activity?.SetTag("voltwright.call", call.IdempotencyKey);
        return activity;
    }

    /// <summary>Part of a trace that is collected; what belongs to none begins none.</summary>
    internal static Activity? GoOn(string name, ActivityKind kind, string? traceParent) =>
        traceParent is not null || Activity.Current is { Recorded: true } ? Source.StartActivity(name, kind, traceParent) : null;
}
