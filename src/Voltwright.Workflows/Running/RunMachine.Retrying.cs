using Voltwright.Workflows.Programs;
using Voltwright.Workflows.Runs;

namespace Voltwright.Workflows.Running;

// A failed run goes on.
internal sealed partial class RunMachine
{
    private Fall? _fall;

    /// <summary>Sets a timer for an instant, which may be in the past.</summary>
    public RunTimer SetTimer(DateTimeOffset due)
    {
        var timer = new RunTimer(NextId('t'), due);
        _commands.Add(timer.Command);
        return timer;
    }

    /// <summary>The failed task begins anew; what went on beside it is asked for again. Times that ran then have stood still since.</summary>
    private void TryAgain()
    {
        if (_memory.Status != RunStatus.Faulted || _memory.Fall is not { } fall)
        {
            _isVoid = true;
            return;
        }

        _memory.Status = RunStatus.Running;
        _memory.Error = default;
        _memory.Fall = null;
        _memory.Strands.AddRange(fall.Strands);
        _memory.Events.AddRange(fall.Events);
        var root = _memory.Strands[0].Stack[0];
        Current.Restore(root);
        if (Duration(_program.Timeout, root.Input, out var timeout) && timeout is { } limit)
            _memory.Timeout = SetTimer(limit);
        Subscribe();
        RenewAll(fall);
        if (fall.Node is { } node)
            Repeat(node, fall);
        else
            Loop(Move.Idle);
    }

    private void RenewAll(Fall fall)
    {
        foreach (var strand in _memory.Strands)
        {
            foreach (var activation in strand.Stack)
                activation.Renew(this, At - fall.At);
            // A branch that had not begun when another one failed.
            if (strand.Id != fall.Strand && strand.Top is BranchActivation { Visits: 0 } branch)
                _ready.Enqueue((strand, ((ForkNode)branch.Node).Branch(branch.Index), branch.Input));
        }
    }

    private void Repeat(TaskNode node, Fall fall)
    {
        _strand = StrandOf(fall.Strand)!;
        Current.Begin(node, fall.Input, At);
        Trace(TraceEvent.Retried, default);
        Value = fall.Input;
        List = node.Frame.List;
        Index = node.Frame.Index;
        Loop(Move.Enter);
    }
}
