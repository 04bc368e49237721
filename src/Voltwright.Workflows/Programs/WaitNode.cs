using Voltwright.Jq;
using Voltwright.Workflows.Expressions;
using Voltwright.Workflows.Running;
using Voltwright.Workflows.Runs;

namespace Voltwright.Workflows.Programs;

internal sealed class WaitNode(CompiledDuration duration) : TaskNode
{
    public override Move Begin(RunMachine machine)
    {
        var input = machine.Current.Input;
        if (!machine.Duration(duration, input, out var delay))
            return Move.Fail;
        machine.Value = input;
        if (delay <= TimeSpan.Zero)
            return Move.Finish;
        var activation = new TimedActivation(this);
        if (!machine.Push(activation))
            return Move.Fail;
        activation.Wait = machine.SetTimer(delay!.Value);
        return Move.Idle;
    }

    public override Move Due(RunMachine machine, Activation activation, string timerId)
    {
        var timed = (TimedActivation)activation;
        timed.Wait = null;
        machine.Value = timed.Input;
        return Move.Finish;
    }

    public override Activation Restore(JsonValue json) => new TimedActivation(this) { Wait = RunTimer.FromJson(json["w"]) };

    private sealed class TimedActivation(TaskNode node) : Activation(node)
    {
        public RunTimer? Wait { get; set; }

        public override RunTimer? Timer => Wait;

        public override IEnumerable<RunCommand> Pending => Wait is null ? [] : [Wait.Command];

        public override void Renew(RunMachine machine, TimeSpan pause)
        {
            base.Renew(machine, pause);
            if (Wait is not null)
                Wait = machine.SetTimer(Wait.DueAt + pause);
        }

        protected override void Write(JsonObject.Builder json) => json.Set("w", RunTimer.ToJson(Wait));
    }
}
