using Voltwright.Jq;
using Voltwright.Workflows.Running;

namespace Voltwright.Workflows.Programs;

/// <summary>An extended task under way.</summary>
internal sealed class ExtensionActivation(TaskNode node) : Activation(node)
{
    /// <summary>The indices of the extensions whose <c>when</c> holds.</summary>
    public JsonArray Applied { get; set; } = JsonArray.Empty;

    public ExtensionPhase Phase { get; set; }

    /// <summary>Which of the applied ones is at work.</summary>
    public int Position { get; set; }

    /// <summary>Raw, of the task itself.</summary>
    public JsonValue Output { get; set; }

    /// <summary>Where the task itself wants to go.</summary>
    public Directive? Then { get; set; }

    /// <summary>Who the task itself called as.</summary>
    public JsonValue Resolved { get; set; }

    public override JsonValue Authorization => Resolved;

    public override JsonValue Remembered => Output;

    /// <summary><c>$task</c> for the extension: the extended task. Its properties are within reach as they are written, too.</summary>
    public override bool TryGetVariable(string name, out JsonValue value)
    {
        value = default;
        if (name != "task" || Phase == ExtensionPhase.Task)
            return false;
        var task = Node.Frame.Definition.TryGetObject(out var definition) ? definition : JsonObject.Empty;
        value = task.With("name", Node.Name).With("reference", Node.Pointer).With("definition", Node.Frame.Definition)
            .With("input", RawInput).With("output", Output).With("startedAt", Timestamps.Describe(StartedAt));
        return true;
    }

    public ExtensionActivation Read(JsonValue json)
    {
        Applied = json["ax"].AsArray();
        Phase = (ExtensionPhase)Whole(json["ap"]);
        Position = (int)Whole(json["an"]);
        Output = json["ao"];
        if (json["at"].TryGetArray(out var then))
            Then = new Directive((DirectiveKind)Whole(then[0]), (int)Whole(then[1]));
        Resolved = json["ac"];
        return this;
    }

    protected override void Write(JsonObject.Builder json)
    {
        json.Set("ax", Applied).Set("ap", (int)Phase).Set("an", Position);
        if (Phase != ExtensionPhase.After)
            return;
        json.Set("ao", Output).Set("ac", Resolved);
        if (Then is { } then)
            json.Set("at", JsonArray.Of((int)then.Kind, then.Target));
    }
}

internal enum ExtensionPhase
{
    Before,
    Task,
    After,
}
