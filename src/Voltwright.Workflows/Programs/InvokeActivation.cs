using Voltwright.Jq;
using Voltwright.Workflows.Running;
using Voltwright.Workflows.Runs;

namespace Voltwright.Workflows.Programs;

/// <summary>An invocation whose result is awaited. The request is kept as it was first sent: a repetition must be the same.</summary>
internal sealed class InvokeActivation(InvokeNode node) : Activation(node), IInvocation
{
    public string CommandId { get; set; } = "";

    public required string Key { get; init; }

    public required string Kind { get; init; }

    public required JsonValue Request { get; init; }

    public bool IsAnswered { get; set; }

    public Invoke Command => new(CommandId, Key, Kind, Request);

    public override bool IsWaiting => false;

    public override JsonValue Authorization => RequestTemplate.DescribeAuthorization(Request);

    public override JsonValue Remembered => Request;

    public override IEnumerable<RunCommand> Pending => [Command];

    public override IEnumerable<RunCommand> Abandon => IsAnswered ? [] : [new CancelInvoke(CommandId)];

    public Move Answer(RunMachine machine, RunEvent e) => node.Answered(machine, this, e);

    public override void Renew(RunMachine machine, TimeSpan pause)
    {
        // The one before was given up: its late result must not be taken for this one's.
        CommandId = machine.NextId('i');
        base.Renew(machine, pause);
    }

    protected override void Write(JsonObject.Builder json) => json.Set("c", CommandId).Set("k", Key).Set("q", Request);
}
