using Voltwright.Jq;
using Voltwright.Workflows.Programs;

namespace Voltwright.Workflows.Running;

/// <summary>Where a run stood when it failed, so that an operator can let it go on from there.</summary>
/// <param name="Strands">As they were before the error went through them, without the task that failed.</param>
/// <param name="Strand">Id of the one it failed in.</param>
/// <param name="Node">The task that failed; null when the run failed between its tasks: then what it awaited is asked for again.</param>
/// <param name="Input">That task's raw input.</param>
/// <param name="Events">What was kept for tasks that listen later.</param>
internal sealed record Fall(
    DateTimeOffset At, IReadOnlyList<Strand> Strands, int Strand, TaskNode? Node, JsonValue Input, IReadOnlyList<JsonValue> Events)
{
    public static Fall Between(RunMemory memory, DateTimeOffset at) =>
        new(at, memory.Strands.ConvertAll(s => s.Copy()), Running.Strand.NoParent, null, default, [.. memory.Events]);

    public static Fall In(RunMemory memory, DateTimeOffset at, Strand strand, CurrentTask task)
    {
        var fall = Between(memory, at) with { Strand = strand.Id, Node = task.Node, Input = task.RawInput };
        var stack = fall.Strands.First(s => s.Id == strand.Id).Stack;
        if (task.Activation is not null)
            stack.RemoveAt(stack.Count - 1);
        // It will be counted again, and its calls keep their idempotency keys.
        stack[^1].Visits--;
        return fall;
    }

    public JsonValue ToJson()
    {
        var json = new JsonObject.Builder().Set("at", At.ToUnixTimeMilliseconds());
        json.Set("strands", JsonArray.From(Strands.Select(s => s.ToJson())));
        if (Node is not null)
            json.Set("strand", Strand).Set("n", Node.Frame.Id).Set("r", Input);
        if (Events.Count > 0)
            json.Set("events", JsonArray.From(Events));
        return json.ToObject();
    }

    public static Fall? FromJson(JsonValue json, Func<string, TaskNode> node)
    {
        if (!json.IsObject)
            return null;
        json["at"].TryGetInt64(out var at);
        json["strand"].TryGetInt64(out var strand);
        return new Fall(
            DateTimeOffset.FromUnixTimeMilliseconds(at),
            [.. json["strands"].AsArray().Select(s => Running.Strand.FromJson(s, node))],
            (int)strand,
            json["n"].TryGetString(out var id) ? node(id) : null,
            json["r"],
            [.. json["events"].TryGetArray(out var events) ? events : JsonArray.Empty]);
    }
}
