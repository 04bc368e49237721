using Voltwright.Jq;
using Voltwright.Workflows.Running;
using Voltwright.Workflows.Runs;

namespace Voltwright.Workflows.Programs;

/// <summary>A subscription to messages under way. After a crash the host subscribes again; what was consumed is kept.</summary>
internal sealed class SubscriptionActivation(SubscriptionNode node, EventIteration? iteration) : ConsumingActivation(node, iteration), IInvocation
{
    public string CommandId { get; private set; } = "";

    public required string Key { get; init; }

    public required JsonValue Request { get; init; }

    /// <summary>When no more is consumed, enough or not.</summary>
    public RunTimer? End { get; set; }

    /// <summary>The host receives messages.</summary>
    public bool IsOpen { get; set; }

    public Invoke Command => new(CommandId, Key, "asyncapi", Request);

    public override JsonValue Authorization => RequestTemplate.DescribeAuthorization(Request);

    public override JsonValue Remembered => JsonArray.Of(Request, base.Remembered);

    public override RunTimer? Timer => End;

    public override bool InterruptsWhenDue => false;

    public override IEnumerable<RunCommand> Pending
    {
        get
        {
            if (End is not null)
                yield return End.Command;
            if (IsOpen)
                yield return Command;
        }
    }

    public override IEnumerable<RunCommand> Abandon => IsOpen ? [.. base.Abandon, new CancelInvoke(CommandId)] : base.Abandon;

    public void Open(string commandId)
    {
        CommandId = commandId;
        IsOpen = true;
    }

    public Move Answer(RunMachine machine, RunEvent e) => node.Answered(machine, this, e);

    public override void Renew(RunMachine machine, TimeSpan pause)
    {
        base.Renew(machine, pause);
        if (End is not null)
            End = machine.SetTimer(End.DueAt + pause);
    }

    public SubscriptionActivation Read(JsonValue json)
    {
        ReadConsumed(json);
        CommandId = json["c"].AsString();
        IsOpen = json["open"].IsTruthy;
        End = RunTimer.FromJson(json["end"]);
        return this;
    }

    protected override void Write(JsonObject.Builder json)
    {
        base.Write(json);
        json.Set("c", CommandId).Set("k", Key).Set("q", Request).Set("open", IsOpen).Set("end", RunTimer.ToJson(End));
    }
}
