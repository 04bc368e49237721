using Voltwright.Jq;
using Voltwright.Workflows.Programs;

namespace Voltwright.Workflows.Running;

/// <summary>The task the machine is at: what expressions see of it.</summary>
internal sealed class CurrentTask
{
    public TaskNode Node { get; private set; } = null!;

    public JsonValue RawInput { get; private set; }

    public JsonValue Input { get; set; }

    /// <summary>Raw.</summary>
    public JsonValue Output { get; set; }

    public JsonValue Transformed { get; set; }

    public JsonValue Authorization { get; set; }

    public DateTimeOffset StartedAt { get; private set; }

    /// <summary>The entry of the stack, if the task has one.</summary>
    public Activation? Activation { get; set; }

    public void Begin(TaskNode node, JsonValue rawInput, DateTimeOffset at)
    {
        Node = node;
        RawInput = rawInput;
        Input = Output = Transformed = Authorization = default;
        StartedAt = at;
        Activation = null;
    }

    public void Restore(Activation activation)
    {
        Node = activation.Node;
        RawInput = activation.RawInput;
        Input = activation.Input;
        Output = Transformed = default;
        Authorization = activation.Authorization;
        StartedAt = activation.StartedAt;
        Activation = activation;
    }

    /// <summary>DSL, Task Descriptor.</summary>
    public JsonValue Describe() => JsonObject.Of(
        ("name", Node.Name),
        ("reference", Node.Pointer),
        ("definition", Node.Frame.Definition),
        ("input", RawInput),
        ("output", Output),
        ("startedAt", Timestamps.Describe(StartedAt)));
}
