using Voltwright.Jq;
using Voltwright.Workflows.Expressions;
using Voltwright.Workflows.Programs;
using Voltwright.Workflows.Runs;

namespace Voltwright.Workflows.Running;

// Errors: raising, unwinding, giving up.
internal sealed partial class RunMachine
{
    private const int WeighingInterval = 128;

    private long _nextWeighing;

    /// <summary>Problem details of a standard error at the current task.</summary>
    public JsonObject Problem(ErrorKind kind, string detail) =>
        ProblemDetails.Of(_program.ErrorTypes.Uri(kind), ErrorTypes.Status(kind), ErrorTypes.Title(kind), detail, Current.Node.Pointer);

    public Move Raise(ErrorKind kind, string detail) => Raise(Problem(kind, detail));

    public Move Raise(JsonObject problem)
    {
        Error = problem;
        return Move.Fail;
    }

    /// <summary>Ends the run with that error.</summary>
    public Move Fault(JsonObject problem)
    {
        _memory.Error = problem;
        _memory.Fall = _fall;
        return Over(RunStatus.Faulted);
    }

    /// <summary>Whether any task below catches the error: pops what it leaves behind.</summary>
    private Move Unwind()
    {
        Then = null;
        _fall = Fall.In(_memory, At, _strand, Current);
        Trace(TraceEvent.Faulted, Error);
        if (Current.Activation is not null)
            Pop();
        while (true)
        {
            if (_strand.Top is not { } owner)
            {
                if (!LeaveBranch())
                    return Fault(Error);
                continue;
            }

            Current.Restore(owner);
            if (owner.Node is WorkflowNode)
                return Fault(Error);
            if (owner.Node.Catch(this, owner) is { } move)
            {
                _fall = null;
                return move;
            }

            if (owner is not BranchActivation)
                Trace(TraceEvent.Faulted, Error);
            Pop();
        }
    }

    // A branch that fails takes the other branches of its fork with it.
    private bool LeaveBranch()
    {
        var parent = StrandOf(_strand.Parent);
        _memory.Strands.Remove(_strand);
        if (parent is null)
            return false;
        CancelBranches(parent.Id);
        _strand = parent;
        return true;
    }

    /// <summary>Ends every strand below that one.</summary>
    public void CancelBranches(int parent)
    {
        foreach (var strand in _memory.Strands.FindAll(s => s.Parent == parent))
        {
            CancelBranches(strand.Id);
            while (strand.Top is { } top)
                Release(strand, top, top is BranchActivation ? null : TraceEvent.Cancelled);
            _memory.Strands.Remove(strand);
        }
    }

    /// <summary>Gives up everything inside that task, and makes it the current one.</summary>
    public void Interrupt(Strand strand, Activation activation)
    {
        _strand = strand;
        CancelBranches(strand.Id);
        while (strand.Top != activation)
            Release(strand, strand.Top!, TraceEvent.Cancelled);
        Current.Restore(activation);
    }

    private Move Exhausted()
    {
        var problem = Problem(ErrorKind.Runtime, _steps > _options.StepBudget
            ? $"More than {_options.StepBudget} tasks began without the run ever waiting: an endless loop?"
            : $"More than {_options.StepCommands} calls, events and timers were asked for without the run ever waiting: an endless loop?");
        Trace(TraceEvent.Faulted, problem);
        _fall = Fall.In(_memory, At, _strand, Current);
        return Fault(problem);
    }

    // Weighed now and then, less often the more there is to weigh.
    private bool IsTooHeavy()
    {
        var weight = StateWeight.Of(Value, _options.StateBytes) + StateWeight.Of(Context, _options.StateBytes);
        _nextWeighing = _steps + WeighingInterval + (weight / 64);
        if (weight <= _options.StateBytes)
            return false;
        Value = default;
        Context = default;
        Fault(Problem(ErrorKind.Runtime, $"The data has grown beyond {_options.StateBytes} bytes, or is nested too deeply."));
        return true;
    }
}
