using Voltwright.Jq;
using Voltwright.Workflows.Running;
using Voltwright.Workflows.Runs;

namespace Voltwright.Workflows.Programs;

/// <summary>A <c>try</c> under way.</summary>
internal sealed class TryActivation(TaskNode node, string variable) : Activation(node)
{
    public TryPhase Phase { get; set; }

    public long Retries { get; set; }

    public DateTimeOffset FirstAt { get; set; }

    public JsonValue Error { get; set; }

    /// <summary>While trying: the end of the attempt. While delaying: the next one.</summary>
    public RunTimer? Clock { get; set; }

    public override RunTimer? Timer => Clock;

    public override JsonValue Remembered => Error;

    public override IEnumerable<RunCommand> Pending => Clock is null ? [] : [Clock.Command];

    public override bool TryGetVariable(string name, out JsonValue value)
    {
        value = Error;
        return Phase != TryPhase.Trying && name == variable;
    }

    public override void Renew(RunMachine machine, TimeSpan pause)
    {
        base.Renew(machine, pause);
        if (Clock is not null)
            Clock = machine.SetTimer(Clock.DueAt + pause);
    }

    public TryActivation Read(JsonValue json)
    {
        Phase = (TryPhase)Whole(json["ph"]);
        Retries = Whole(json["rt"]);
        FirstAt = Instant(json["f"]);
        Error = json["e"];
        Clock = RunTimer.FromJson(json["cl"]);
        return this;
    }

    protected override void Write(JsonObject.Builder json)
    {
        json.Set("ph", (int)Phase).Set("rt", Retries).Set("f", FirstAt.ToUnixTimeMilliseconds());
        if (!Error.IsNull)
            json.Set("e", Error);
        if (Clock is not null)
            json.Set("cl", RunTimer.ToJson(Clock));
    }
}

internal enum TryPhase
{
    Trying,

    /// <summary>An error has come out, and it is being decided whether it is caught.</summary>
    Deciding,
    Delaying,
    Catching,
}
