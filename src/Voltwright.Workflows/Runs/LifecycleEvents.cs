using Voltwright.Jq;

namespace Voltwright.Workflows.Runs;

/// <summary>What happened to a run and its tasks, as CloudEvents (DSL, Lifecycle Events).</summary>
public static class LifecycleEvents
{
    /// <summary>What the types of these events begin with.</summary>
    public const string Prefix = "io.serverlessworkflow.";

    /// <summary>Whether the event tells of a run rather than of the world: tasks and schedules that take every type do not mean it.</summary>
    public static bool IsOne(JsonValue cloudEvent) =>
        cloudEvent["type"].TryGetString(out var type) && type.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>The events of one step, in order. Data of tasks is not in them.</summary>
    /// <param name="before">The status before the step; null for the first.</param>
    /// <param name="withTasks">Whether tasks are told of, too, and every change of the status.</param>
    public static IEnumerable<JsonValue> Of(WorkflowProgram program, RunStatus? before, RunStep step, DateTimeOffset at, bool withTasks = true)
    {
        var run = new Subject(program, step.State, at);
        var status = step.State.Status;
        if (before is null)
            yield return run.Workflow("started", "startedAt", ("definition", Reference(program)));
        if (before == RunStatus.Suspended && status != RunStatus.Suspended)
        {
            yield return run.Workflow("resumed", "resumedAt");
            foreach (var task in withTasks ? run.Open("resumed") : [])
                yield return task;
        }

        var correlations = new Queue<JsonObject>(step.Correlations);
        foreach (var entry in step.Trace)
        {
            var listens = program.IsListening(entry.Task);
            if (listens && entry.Event == TraceEvent.Completed)
                yield return run.Correlated(entry, correlations.TryDequeue(out var keys) ? keys : JsonObject.Empty);
            foreach (var e in withTasks ? run.Task(entry) : [])
                yield return e;
            if (listens && entry.Event == TraceEvent.Started)
                yield return run.Correlating(entry);
        }

        if (withTasks && before != status)
            yield return run.StatusChanged();
        if (status == RunStatus.Suspended && before != RunStatus.Suspended)
        {
            foreach (var task in withTasks ? run.Open("suspended") : [])
                yield return task;
            yield return run.Workflow("suspended", "suspendedAt");
        }

        var end = status switch
        {
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
            $"workflow.{what}", $"{state.Sequence}-{what}", at, JsonObject.Of([("name", _name), .. more, (when, Timestamps.Text(at))]));

        public IEnumerable<JsonValue> Task(TraceEntry entry)
        {
            if (entry.Event is TraceEvent.Emitted or TraceEvent.Skipped)
                yield break;
            if (entry.Event == TraceEvent.Started)
                yield return TaskEvent("created", entry.Task, $"{entry.Sequence}-created", entry.At);
            yield return TaskEvent(
                entry.Event.ToString().ToLowerInvariant(), entry.Task, $"{entry.Sequence}", entry.At,
                entry.Event == TraceEvent.Faulted ? [("error", entry.Data)] : []);
        }

        /// <summary>Of each task that is under way.</summary>
        public IEnumerable<JsonValue> Open(string what) =>
            state.Open.Select(pointer => TaskEvent(what, pointer, $"{state.Sequence}-{what}-{pointer}", at));

        public JsonValue Correlating(TraceEntry entry) => Envelope(
            "workflow.correlation-started", $"{entry.Sequence}-correlation", entry.At,
            JsonObject.Of(("name", _name), ("startedAt", Timestamps.Text(entry.At))));

        public JsonValue Correlated(TraceEntry entry, JsonObject keys) => Envelope(
            "workflow.correlation-completed", $"{entry.Sequence}-correlation", entry.At,
            JsonObject.Of(("name", _name), ("completedAt", Timestamps.Text(entry.At)), ("correlationKeys", keys)));

        public JsonValue StatusChanged()
        {
            var status = state.Status.ToString().ToLowerInvariant();
            return Envelope("workflow.status-changed", $"{state.Sequence}-status-{status}", at,
                JsonObject.Of(("name", _name), ("updatedAt", Timestamps.Text(at)), ("status", status)));
        }

        private JsonValue TaskEvent(string what, string task, string id, DateTimeOffset when, params ReadOnlySpan<(string, JsonValue)> more) => Envelope(
            $"task.{what}", id, when, JsonObject.Of([("workflow", _name), ("task", task), .. more, ($"{what}At", Timestamps.Text(when))]));

        private JsonValue Envelope(string type, string id, DateTimeOffset time, JsonObject data) => JsonObject.Of(
            ("specversion", "1.0"),
            ("id", $"{state.Id}-{id}"),
            ("source", $"/{program.Namespace}/{program.Name}/{program.Version}"),
            ("type", $"{Prefix}{type}.v1"),
            ("subject", state.Id),
            ("time", Timestamps.Text(time)),
            ("datacontenttype", "application/json"),
            ("data", data));
    }
}
