using Voltwright.Jq;
using Voltwright.Workflows.Running;

namespace Voltwright.Workflows.Programs;

/// <summary>Branches side by side; each has the same input and its own context, joined in the order of declaration.</summary>
internal sealed class ForkNode(TaskListNode[] branches, bool compete) : TaskNode
{
    public TaskListNode Branch(int index) => branches[index];

    public override Move Begin(RunMachine machine)
    {
        machine.Value = JsonArray.Empty;
        if (branches.Length == 0)
            return Move.Finish;
        var fork = new ForkActivation(this) { Context = machine.Context, Remaining = branches.Length };
        if (!machine.CanBranch(branches.Length) || !machine.Push(fork))
            return Move.Fail;
        fork.Results = fork.Contexts = JsonArray.From(new JsonValue[branches.Length]);
        for (var i = 0; i < branches.Length; i++)
            machine.StartBranch(new BranchActivation(this) { Index = i }, branches[i], fork.Input);
        return Move.Idle;
    }

    public override Move Returned(RunMachine machine, Activation activation)
    {
        var branch = (BranchActivation)activation;
        var (output, context) = (machine.Value, machine.Context);
        var fork = (ForkActivation)machine.EndBranch();
        if (compete)
        {
            machine.CancelRivals();
            machine.Context = context;
            machine.Value = output;
            return Move.Finish;
        }

        fork.Results = fork.Results.With(branch.Index, output);
        fork.Contexts = fork.Contexts.With(branch.Index, context);
        if (--fork.Remaining > 0)
            return Move.Idle;
        machine.Context = fork.Contexts.Aggregate(fork.Context, (joined, own) => ContextMerge.Apply(fork.Context, own, joined));
        machine.Value = fork.Results;
        return Move.Finish;
    }

    public override Activation Restore(JsonValue json) => json["branch"].TryGetInt64(out var index)
        ? new BranchActivation(this) { Index = (int)index }
        : new ForkActivation(this)
        {
            Context = json["cx"],
            Results = json["out"].AsArray(),
            Contexts = json["cxs"].AsArray(),
            Remaining = json["left"].TryGetInt64(out var left) ? (int)left : 0,
        };
}
