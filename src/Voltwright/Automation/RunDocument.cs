using System.Globalization;
using Voltwright.Events;
using Voltwright.Jq;
using Voltwright.Workflows.Runs;

namespace Voltwright.Automation;

/// <summary>A run as it is stored: a head to list and filter by, and the engine's state.</summary>
public sealed record RunDocument(string Id, RunOrder Order)
{
    /// <summary>The last event of the log that the run has had; null when it listens to none.</summary>
    public long? Position { get; init; }

    public const string StreamKind = "run";

    /// <summary>The statuses of runs that are not over, as they are spelled.</summary>
    public static IReadOnlyList<string> OpenStatuses { get; } =
        [Text(RunStatus.Pending), Text(RunStatus.Running), Text(RunStatus.Waiting), Text(RunStatus.Suspended)];

    public static string StreamOf(string id) => $"{StreamKind}/{id}";

    public static bool IsOver(RunStatus status) => status is RunStatus.Completed or RunStatus.Faulted or RunStatus.Cancelled;

    public static bool IsOver(JsonValue document) => !OpenStatuses.Contains(document["status"].AsString());

    public byte[] Write(RunState state, DateTimeOffset at)
    {
        var document = Head(state.Status, state.StartedAt);
        if (IsOver(state.Status))
            document.Set("endedAt", CloudEvents.FormatTime(at));
        if (!state.Error.IsNull)
            document.Set("error", state.ToJson()["error"]);
        return ((JsonValue)document.Set("state", state.ToJson()).ToObject()).ToUtf8();
    }

    /// <summary>A run that is ordered and has not begun.</summary>
    public byte[] WritePending(DateTimeOffset at) =>
        ((JsonValue)Head(RunStatus.Pending, at).Set("input", Order.Input).ToObject()).ToUtf8();

    public static bool IsPending(JsonValue document) => document["state"].IsNull;

    public static RunDocument Read(JsonValue document)
    {
        var workflow = document["workflow"];
        var id = new WorkflowId(workflow["namespace"].AsString(), workflow["name"].AsString(), workflow["version"].AsString());
        var events = document["events"].TryGetArray(out var ids) ? ids.Select(e => e.AsString()).ToArray() : [];
        var input = IsPending(document) ? document["input"] : document["state"]["input"];
        var order = new RunOrder(id, input, events, Text(document["traceparent"]))
        {
            Parent = ReadParent(document["parent"]),
            Schedule = Text(document["schedule"]),
        };
        return new RunDocument(document["id"].AsString(), order)
        {
            Position = document["position"].TryGetInt64(out var position) ? position : null,
        };
    }

    /// <summary>The station that a run with that input is about: of its first event; null when it names none.</summary>
    public static string? StationOf(JsonValue input)
    {
        var first = input.TryGetArray(out var events) && events.Count > 0 ? events[0] : input;
        return first["subject"].TryGetString(out var station) || first["data"]["stationId"].TryGetString(out station)
            || first["stationId"].TryGetString(out station) ? station : null;
    }

    /// <summary>How a run that is over ended.</summary>
    public static RunEnd ReadEnd(JsonValue document) => new(
        Enum.Parse<RunStatus>(document["status"].AsString(), ignoreCase: true), document["state"]["output"], document["state"]["error"]);

    /// <summary>What happened in one step, for the run's journal.</summary>
    public static byte[] WriteRecord(string cause, IReadOnlyList<TraceEntry> trace)
    {
        JsonValue record = JsonObject.Of(("on", cause), ("trace", RunTrace.Write(trace)));
        return record.ToUtf8();
    }

    /// <summary>What moved the run, and the lines of <c>voltwright run --trace</c>.</summary>
    public static (string On, JsonArray Trace) ReadRecord(JsonValue record) => (record["on"].AsString(), RunTrace.Read(record["trace"].AsArray()));

    public static DateTimeOffset? ReadTime(JsonValue time) =>
        time.TryGetString(out var text) ? DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal) : null;

    private JsonObject.Builder Head(RunStatus status, DateTimeOffset startedAt)
    {
        var document = new JsonObject.Builder()
            .Set("id", Id)
            .Set("workflow", JsonObject.Of(
                ("namespace", Order.Workflow.Namespace), ("name", Order.Workflow.Name), ("version", Order.Workflow.Version)))
            .Set("status", Text(status))
            .Set("startedAt", CloudEvents.FormatTime(startedAt));
        if (Order.EventIds.Count > 0)
            document.Set("events", JsonArray.From(Order.EventIds.Select(e => (JsonValue)e)));
        if (StationOf(Order.Input) is { } station)
            document.Set("stationId", station);
        if (Order.TraceParent is not null)
            document.Set("traceparent", Order.TraceParent);
        if (Order.Parent is { } parent)
            document.Set("parent", JsonObject.Of(("run", parent.Id), ("command", parent.Command), ("depth", parent.Depth)));
        if (Order.Schedule is not null)
            document.Set("schedule", Order.Schedule);
        if (Position is { } position)
            document.Set("position", position);
        return document;
    }

    private static ParentRun? ReadParent(JsonValue parent) => parent["run"].TryGetString(out var run)
        ? new ParentRun(run, Text(parent["command"]), parent["depth"].TryGetInt64(out var depth) ? (int)depth : 0) : null;

    private static string? Text(JsonValue value) => value.TryGetString(out var text) ? text : null;

    private static string Text(RunStatus status) => status.ToString().ToLowerInvariant();
}
