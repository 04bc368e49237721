using Voltwright.Jq;
using Voltwright.Workflows.Running;
using Voltwright.Workflows.Runs;

namespace Voltwright.Workflows.Programs;

/// <summary>A run of another workflow that is awaited.</summary>
internal sealed class ChildActivation(TaskNode node) : Activation(node)
{
    public StartChild Command { get; set; } = new("", "", "", "", "", default, true);

    public bool HasEnded { get; set; }

    public override bool IsWaiting => false;

    public override JsonValue Remembered => Command.Input;

    public override IEnumerable<RunCommand> Pending => [Command];

    public override IEnumerable<RunCommand> Abandon => HasEnded ? [] : [new CancelChild(Command.Id)];

    public override void Renew(RunMachine machine, TimeSpan pause)
    {
        // The one before was cancelled: another run begins.
        Command = Command with { Id = machine.NextId('r') };
        base.Renew(machine, pause);
    }

    public static ChildActivation Read(TaskNode node, JsonValue json) => new(node)
    {
        Command = new StartChild(
            json["c"].AsString(), json["k"].AsString(), json["ns"].AsString(), json["nm"].AsString(), json["vs"].AsString(), json["in"], IsAwaited: true),
    };

    protected override void Write(JsonObject.Builder json) => json.Set("c", Command.Id).Set("k", Command.IdempotencyKey)
        .Set("ns", Command.Namespace).Set("nm", Command.Name).Set("vs", Command.Version).Set("in", Command.Input);
}
