using System.Globalization;
using Voltwright.Events;
using Voltwright.Jq;
using Voltwright.Workflows.Runs;

namespace Voltwright.Automation;

/// <summary>A run as it is stored: a head to list and filter by, and the engine's state.</summary>
public sealed record RunDocument(string Id, RunOrder Order)
{
    public const string StreamKind = "run";

    /// <summary>The statuses of runs that are not over, as they are spelled.</summary>
    public static IReadOnlyList<string> OpenStatuses { get; } =
        [Text(RunStatus.Pending), Text(RunStatus.Running), Text(RunStatus.Waiting), Text(RunStatus.Suspended)];

    public static string StreamOf(string id) => $"{StreamKind}/{id}";

    public static bool IsOver(RunStatus status) => status is RunStatus.Completed or RunStatus.Faulted or RunStatus.Cancelled;

    public static bool IsOver(JsonValue document) => !OpenStatuses.Contains(document["status"].AsString());

    public byte[] Write(RunState state, DateTimeOffset at)
    {
        var document = new JsonObject.Builder()
            .Set("id", Id)
            .Set("workflow", JsonObject.Of(
                ("namespace", Order.Workflow.Namespace), ("name", Order.Workflow.Name), ("version", Order.Workflow.Version)))
            .Set("status", Text(state.Status))
            .Set("startedAt", CloudEvents.FormatTime(state.StartedAt));
        if (IsOver(state.Status))
            document.Set("endedAt", CloudEvents.FormatTime(at));
        if (!state.Error.IsNull)
            document.Set("error", state.ToJson()["error"]);
        if (Order.EventIds.Count > 0)
            document.Set("events", JsonArray.From(Order.EventIds.Select(e => (JsonValue)e)));
        if (Order.TraceParent is not null)
            document.Set("traceparent", Order.TraceParent);
        return ((JsonValue)document.Set("state", state.ToJson()).ToObject()).ToUtf8();
    }

    public static RunDocument Read(JsonValue document)
    {
        var workflow = document["workflow"];
        var id = new WorkflowId(workflow["namespace"].AsString(), workflow["name"].AsString(), workflow["version"].AsString());
        var events = document["events"].TryGetArray(out var ids) ? ids.Select(e => e.AsString()).ToArray() : [];
        var trace = document["traceparent"].TryGetString(out var text) ? text : null;
        return new RunDocument(document["id"].AsString(), new RunOrder(id, document["state"]["input"], events, trace));
    }

    /// <summary>What happened in one step, for the run's journal.</summary>
    public static byte[] WriteRecord(string cause, IReadOnlyList<TraceEntry> trace)
    {
        JsonValue record = JsonObject.Of(("on", cause), ("trace", JsonArray.From(trace.Select(t => (JsonValue)t.ToJson()))));
        return record.ToUtf8();
    }

    public static DateTimeOffset? ReadTime(JsonValue time) =>
        time.TryGetString(out var text) ? DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal) : null;

    private static string Text(RunStatus status) => status.ToString().ToLowerInvariant();
}
