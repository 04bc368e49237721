using System.Diagnostics;
using System.Diagnostics.Metrics;
using Voltwright.Workflows.Runs;

namespace Voltwright.Automation;

/// <summary>What can be watched of the automation: traces from event to call, and counts.</summary>
public static class Telemetry
{
    public const string Name = "Voltwright";

    public static ActivitySource Source { get; } = new(Name);

    private static readonly Meter Meter = new(Name);

    public static Counter<long> RunsStarted { get; } = Meter.CreateCounter<long>("voltwright.runs.started");

    public static Counter<long> RunsEnded { get; } = Meter.CreateCounter<long>("voltwright.runs.ended");

    public static Counter<long> EventsDispatched { get; } = Meter.CreateCounter<long>("voltwright.events.dispatched");

    public static Counter<long> StartsFailed { get; } = Meter.CreateCounter<long>("voltwright.runs.failed_to_start");

    internal static Activity? StartRun(RunOrder order, string id)
    {
        var activity = Source.StartActivity($"run {order.Workflow.Name}", ActivityKind.Consumer, order.TraceParent);
        activity?.SetTag("voltwright.run", id);
        return activity;
    }

    internal static Activity? StartInvocation(Invoke invoke, string? traceParent)
    {
        var activity = Source.StartActivity($"invoke {invoke.Kind}", ActivityKind.Internal, traceParent);
        activity?.SetTag("voltwright.call", invoke.IdempotencyKey);
        return activity;
    }

    internal static Activity? StartCall(CallHttp call, string? traceParent)
    {
        var activity = Source.StartActivity($"call {call.Request.Method}", ActivityKind.Internal, traceParent);
        activity?.SetTag("voltwright.call", call.IdempotencyKey);
        return activity;
    }
}
