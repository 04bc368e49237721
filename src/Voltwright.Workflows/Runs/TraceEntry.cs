using Voltwright.Jq;

namespace Voltwright.Workflows.Runs;

/// <summary>One thing that happened to a task. Values of secrets are masked in it.</summary>
/// <param name="Sequence">From 1, without gaps over the whole run.</param>
/// <param name="Task">JSON pointer of the task; <c>/</c> for the workflow itself.</param>
/// <param name="Data">Depends on <paramref name="Event"/>: the task's input, its output, the error, the emitted CloudEvent.</param>
public sealed record TraceEntry(long Sequence, DateTimeOffset At, string Task, string Name, TraceEvent Event, JsonValue Data)
{
    /// <summary>The line of <c>voltwright run --trace</c>.</summary>
    public JsonObject ToJson()
    {
        var line = new JsonObject.Builder()
            .Set("seq", Sequence)
            .Set("task", Task)
            .Set("name", Name)
            .Set("event", Event.ToString().ToLowerInvariant())
            .Set("at", Timestamps.Text(At));
        return line.Set(DataName, Data).ToObject();
    }

    private string DataName => Event switch
    {
        TraceEvent.Started or TraceEvent.Skipped => "input",
        TraceEvent.Completed => "output",
        TraceEvent.Emitted => "cloudEvent",
        _ => "error",
    };
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
