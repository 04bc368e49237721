using Voltwright.Jq;

namespace Voltwright.Workflows.Runs;

/// <summary>One thing that happened to a task. Values of secrets are masked in it.</summary>
/// <param name="Sequence">From 1, without gaps over the whole run.</param>
/// <param name="Task">JSON pointer of the task; <c>/</c> for the workflow itself.</param>
/// <param name="Data">Depends on <paramref name="Event"/>: the task's input, its output, the error, the emitted CloudEvent.</param>
public sealed record TraceEntry(long Sequence, DateTimeOffset At, string Task, string Name, TraceEvent Event, JsonValue Data)
{
    /// <summary>What <see cref="Data"/> can be called.</summary>
    public static IReadOnlyList<string> DataNames { get; } = ["input", "output", "cloudEvent", "error"];

    /// <summary>What <see cref="Data"/> is called.</summary>
    public string DataName => DataNames[Event switch
    {
        TraceEvent.Started or TraceEvent.Skipped => 0,
        TraceEvent.Completed => 1,
        TraceEvent.Emitted => 2,
        _ => 3,
    }];

    /// <summary>The line of <c>voltwright run --trace</c>.</summary>
    public JsonObject ToJson() => ToJson(DataName, Data);

    /// <summary>The same with something else in place of its data.</summary>
    public JsonObject ToJson(string name, JsonValue value) => new JsonObject.Builder()
        .Set("seq", Sequence)
        .Set("task", Task)
        .Set("name", Name)
        .Set("event", Event.ToString().ToLowerInvariant())
        .Set("at", Timestamps.Text(At))
        .Set(name, value)
        .ToObject();
}

/// <summary>What can happen to a task.</summary>
public enum TraceEvent
{
    Started,
    Completed,
    Faulted,
    Skipped,
    Retried,
    Cancelled,
    Emitted,
}
