using System.Text;
using Voltwright.Jq;
using Voltwright.Workflows.Programs;

namespace Voltwright.Workflows.Running;

// Strands besides the one under way.
internal sealed partial class RunMachine
{
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

    /// <summary>A number in [0, 1) that is the same whenever the same thing is asked: replays must not differ.</summary>
    public double Chance(string what)
    {
        var hash = Fnv(what);
        return (hash >> 11) * (1.0 / (1UL << 53));
    }

    // FNV-1a with a final mix; any even hash will do.
    private static ulong Fnv(string text)
    {
        var hash = 14695981039346656037UL;
        foreach (var unit in Encoding.UTF8.GetBytes(text))
            hash = (hash ^ unit) * 1099511628211UL;
        hash ^= hash >> 33;
        hash *= 0xff51afd7ed558ccdUL;
        hash ^= hash >> 33;
        hash *= 0xc4ceb9fe1a85ec53UL;
        return hash ^ (hash >> 33);
    }
}
