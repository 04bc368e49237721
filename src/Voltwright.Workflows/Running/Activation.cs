using Voltwright.Jq;
using Voltwright.Workflows.Programs;
using Voltwright.Workflows.Runs;

namespace Voltwright.Workflows.Running;

/// <summary>A task that is under way: one entry of a strand's stack. What is inside it stands above it.</summary>
internal abstract class Activation(TaskNode node)
{
    public TaskNode Node => node;

    public JsonValue RawInput { get; set; }

    public JsonValue Input { get; set; }

    public DateTimeOffset StartedAt { get; set; }

    /// <summary>How many tasks inside have begun: part of the idempotency keys of the calls among them.</summary>
    public long Visits { get; set; }

    public RunTimer? Timeout { get; set; }

    /// <summary>Who a call under way is made as.</summary>
    public virtual JsonValue Authorization => default;

    /// <summary>What the host still owes this task.</summary>
    public virtual IEnumerable<RunCommand> Pending => [];

    /// <summary>Whether the task waits for time or events rather than for an answer.</summary>
    public virtual bool IsWaiting => true;

    /// <summary>What this kind of task remembers beyond its input, for weighing.</summary>
    public virtual JsonValue Remembered => default;

    /// <summary>Timers of the task, without its timeout.</summary>
    public virtual RunTimer? Timer => null;

    /// <summary>Whether <see cref="Timer"/> ends what is inside the task.</summary>
    public virtual bool InterruptsWhenDue => true;

    /// <summary>What gives up everything the host still owes this task.</summary>
    public virtual IEnumerable<RunCommand> Abandon => Timer is null ? [] : [new ClearTimer(Timer.Id)];

    /// <summary>A name that expressions inside may use.</summary>
    public virtual bool TryGetVariable(string name, out JsonValue value)
    {
        value = default;
        return false;
    }

    /// <summary>Asks again for what the host owes this task, after the run had failed elsewhere and is retried.</summary>
    /// <param name="pause">How long the run lay still; timers are moved by it.</param>
    public virtual void Renew(RunMachine machine, TimeSpan pause)
    {
        if (Timeout is { } timeout)
            Timeout = machine.SetTimer(timeout.DueAt + pause);
        foreach (var command in Pending)
        {
            if (command is not SetTimer)
                machine.Command(command);
        }
    }

    public Activation Copy() => (Activation)MemberwiseClone();

    public JsonObject ToJson()
    {
        var json = new JsonObject.Builder().Set("n", node.Frame.Id).Set("r", RawInput);
        if (!Input.Equals(RawInput))
            json.Set("i", Input);
        json.Set("t", StartedAt.ToUnixTimeMilliseconds());
        if (Visits > 0)
            json.Set("v", Visits);
        if (Timeout is not null)
            json.Set("to", RunTimer.ToJson(Timeout));
        Write(json);
        return json.ToObject();
    }

    public static Activation FromJson(TaskNode node, JsonValue json)
    {
        var activation = node.Restore(json);
        activation.RawInput = json["r"];
        activation.Input = json.AsObject().TryGetValue("i", out var input) ? input : json["r"];
        activation.StartedAt = Instant(json["t"]);
        activation.Visits = Whole(json["v"]);
        activation.Timeout = RunTimer.FromJson(json["to"]);
        return activation;
    }

    protected static DateTimeOffset Instant(JsonValue json) => DateTimeOffset.FromUnixTimeMilliseconds(Whole(json));

    protected static long Whole(JsonValue json) => json.TryGetInt64(out var number) ? number : 0;

    /// <summary>Adds what this kind of task remembers.</summary>
    protected virtual void Write(JsonObject.Builder json)
    {
    }
}

/// <summary>A task that remembers nothing of its own.</summary>
internal sealed class PlainActivation(TaskNode node) : Activation(node);
