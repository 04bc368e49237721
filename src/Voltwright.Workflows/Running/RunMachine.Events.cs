using Voltwright.Jq;
using Voltwright.Workflows.Expressions;
using Voltwright.Workflows.Programs;
using Voltwright.Workflows.Runs;

namespace Voltwright.Workflows.Running;

// Events: who awaits them, and what they set going.
internal sealed partial class RunMachine
{
    public void Take(RunEvent e)
    {
        switch (e)
        {
            case Cancel:
                Over(RunStatus.Cancelled);
                break;
            case Suspend:
                _memory.Status = RunStatus.Suspended;
                break;
            case Resume when _memory.Status == RunStatus.Suspended:
                ResumeAll();
                break;
            case Resume:
                _isVoid = true;
                break;
            case Retry:
                TryAgain();
                break;
            case Abort abort:
                _fall = Fall.Between(_memory, At);
                Current.Restore(_memory.Strands[0].Stack[0]);
                Fault(Problem(ErrorKind.Runtime, abort.Reason));
                break;
            default:
                if (_memory.Status == RunStatus.Suspended)
                    _memory.Inbox.Add(e);
                else
                    Deliver(e);
                break;
        }
    }

    private void ResumeAll()
    {
        _memory.Status = RunStatus.Running;
        RunEvent[] kept = [.. _memory.Inbox];
        _memory.Inbox.Clear();
        foreach (var e in kept)
        {
            if (!_memory.IsOver)
                Deliver(e);
        }

        _isVoid = false;
    }

    private void Deliver(RunEvent e)
    {
        switch (e)
        {
            case HttpAnswered answer when Awaiting(answer.CommandId) is { } call:
                Loop(((HttpNode)call.Node).Answered(this, call, answer));
                break;
            case HttpFailed failure when Awaiting(failure.CommandId) is { } call:
                Loop(HttpNode.Failed(this, call, failure));
                break;
            case EventArrived arrived:
                Distribute(arrived.CloudEvent);
                break;
            case ChildEnded ended when Child(ended.CommandId) is { } child:
                Loop(RunWorkflowNode.Ended(this, child, ended));
                break;
            case Invoked or InvokeProgress or InvokeFailed when Invocation(e) is { } invocation:
                Loop(invocation.Answer(this, e));
                break;
            case TimerFired fired when _memory.Timeout?.Id == fired.TimerId:
                _memory.Timeout = null;
                _fall = Fall.Between(_memory, At);
                Current.Restore(_memory.Strands[0].Stack[0]);
                Fault(Problem(ErrorKind.Timeout, "The workflow took longer than its timeout."));
                break;
            case TimerFired fired:
                Fire(fired.TimerId);
                break;
            default:
                _isVoid = true;
                break;
        }
    }

    // The call that awaits the answer becomes the current task.
    private CallActivation? Awaiting(string commandId)
    {
        foreach (var strand in _memory.Strands)
        {
            if (strand.Top is not CallActivation call || call.Command != commandId)
                continue;
            _strand = strand;
            Current.Restore(call);
            return call;
        }

        return null;
    }

    private ChildActivation? Child(string commandId)
    {
        foreach (var strand in _memory.Strands)
        {
            if (strand.Top is not ChildActivation child || child.Command.Id != commandId)
                continue;
            _strand = strand;
            Current.Restore(child);
            return child;
        }

        return null;
    }

    // Not only on top of a strand: tasks may be at work on an earlier message.
    private IInvocation? Invocation(RunEvent e)
    {
        var id = e switch
        {
            Invoked invoked => invoked.CommandId,
            InvokeProgress progress => progress.CommandId,
            InvokeFailed failed => failed.CommandId,
            _ => null,
        };
        foreach (var strand in _memory.Strands)
        {
            if (strand.Stack.Find(a => a is IInvocation i && i.CommandId == id) is not { } found)
                continue;
            if (e is InvokeFailed)
                Interrupt(strand, found);
            _strand = strand;
            Current.Restore(found);
            return (IInvocation)found;
        }

        return null;
    }

    private void Fire(string timerId)
    {
        foreach (var strand in _memory.Strands)
        {
            foreach (var activation in strand.Stack)
            {
                if (activation.Timeout?.Id == timerId)
                {
                    activation.Timeout = null;
                    Interrupt(strand, activation);
                    Loop(Raise(ErrorKind.Timeout, "The task took longer than its timeout."));
                    return;
                }

                if (activation.Timer?.Id != timerId)
                    continue;
                _strand = strand;
                Current.Restore(activation);
                if (activation.InterruptsWhenDue)
                    Interrupt(strand, activation);
                Loop(activation.Node.Due(this, activation, timerId));
                return;
            }
        }

        _isVoid = true;
    }
}
