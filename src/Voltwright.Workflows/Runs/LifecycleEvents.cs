using Voltwright.Jq;

namespace Voltwright.Workflows.Runs;

/// <summary>What happened to a run and its tasks, as CloudEvents (DSL, Lifecycle Events).</summary>
public static class LifecycleEvents
{
    /// <summary>The events of one step, in order. Data of tasks is not in them.</summary>
    /// <param name="before">The status before the step; null for the first.</param>
    public static IEnumerable<JsonValue> Of(WorkflowProgram program, RunStatus? before, RunStep step, DateTimeOffset at)
    {
        var run = new Subject(program, step.State, at);
        if (before is null)
            yield return run.Workflow("started", "startedAt", ("definition", Reference(program)));
        if (before == RunStatus.Suspended && step.State.Status != RunStatus.Suspended)
            yield return run.Workflow("resumed", "resumedAt");
        foreach (var entry in step.Trace)
        {
            if (run.Task(entry) is { } e)
                yield return e;
        }

        var end = step.State.Status switch
        {
            RunStatus.Suspended when before != RunStatus.Suspended => run.Workflow("suspended", "suspendedAt"),
            RunStatus.Completed => run.Workflow("completed", "completedAt"),
            RunStatus.Faulted => run.Workflow("faulted", "faultedAt", ("error", step.State.Error)),
            RunStatus.Cancelled => run.Workflow("cancelled", "cancelledAt"),
            _ => default,
        };
        if (!end.IsNull)
            yield return end;
    }

    private static JsonValue Reference(WorkflowProgram program) =>
        JsonObject.Of(("name", program.Name), ("namespace", program.Namespace), ("version", program.Version));

    private sealed class Subject(WorkflowProgram program, RunState state, DateTimeOffset at)
    {
        private readonly string _name = $"{program.Name}-{state.Id}.{program.Namespace}";

        public JsonValue Workflow(string what, string when, params ReadOnlySpan<(string, JsonValue)> more) => Envelope(
            $"workflow.{what}", what, at, JsonObject.Of([("name", _name), .. more, (when, Timestamps.Text(at))]));

        public JsonValue? Task(TraceEntry entry)
        {
            var what = entry.Event.ToString().ToLowerInvariant();
            if (entry.Event is TraceEvent.Emitted or TraceEvent.Skipped)
                return null;
            var data = JsonObject.Of(("workflow", _name), ("task", entry.Task), ($"{what}At", Timestamps.Text(entry.At)));
            if (entry.Event == TraceEvent.Faulted)
                data = data.With("error", entry.Data);
            return Envelope($"task.{what}", entry.Sequence.ToString(System.Globalization.CultureInfo.InvariantCulture), entry.At, data);
        }

        private JsonValue Envelope(string type, string id, DateTimeOffset time, JsonObject data) => JsonObject.Of(
            ("specversion", "1.0"),
            ("id", $"{state.Id}-{id}"),
            ("source", $"/{program.Namespace}/{program.Name}/{program.Version}"),
            ("type", $"io.serverlessworkflow.{type}.v1"),
            ("subject", state.Id),
            ("time", Timestamps.Text(time)),
            ("datacontenttype", "application/json"),
            ("data", data));
    }
}
