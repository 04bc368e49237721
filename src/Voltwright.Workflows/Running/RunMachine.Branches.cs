using Voltwright.Jq;
using Voltwright.Workflows.Expressions;
using Voltwright.Workflows.Programs;

namespace Voltwright.Workflows.Running;

// Strands besides the one under way.
internal sealed partial class RunMachine
{
    /// <summary>False, with <see cref="Error"/> set, when that many more branches are too many.</summary>
    public bool CanBranch(int count)
    {
        if (_memory.Strands.Count + count <= _options.Branches + 1)
            return true;
        Raise(ErrorKind.Runtime, $"More than {_options.Branches} branches would be under way at one time.");
        return false;
    }

    /// <summary>Makes a strand below the current one; it begins when the current one waits.</summary>
    public void StartBranch(BranchActivation bottom, TaskListNode list, JsonValue input)
    {
        var strand = new Strand(++_memory.LastStrand, _strand.Id) { Context = Context };
        bottom.RawInput = bottom.Input = input;
        bottom.StartedAt = At;
        strand.Stack.Add(bottom);
        _memory.Strands.Add(strand);
        _ready.Enqueue((strand, list, input));
    }

    /// <summary>Ends the current strand, goes on in the one it came from, and gives the task it came from.</summary>
    public Activation EndBranch()
    {
        var parent = StrandOf(_strand.Parent)!;
        _memory.Strands.Remove(_strand);
        _strand = parent;
        Current.Restore(parent.Top!);
        return parent.Top!;
    }

    /// <summary>Ends the branches that are left below the current strand.</summary>
    public void CancelRivals() => CancelBranches(_strand.Id);
}
