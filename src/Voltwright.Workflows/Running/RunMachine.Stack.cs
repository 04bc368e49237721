using Voltwright.Jq;
using Voltwright.Workflows.Expressions;
using Voltwright.Workflows.Programs;
using Voltwright.Workflows.Runs;

namespace Voltwright.Workflows.Running;

// Activations, commands, trace.
internal sealed partial class RunMachine
{
    /// <summary>Puts the current task on the stack. False, with <see cref="Error"/> set, when its timeout cannot be evaluated.</summary>
    public bool Push(Activation activation)
    {
        activation.RawInput = Current.RawInput;
        activation.Input = Current.Input;
        activation.StartedAt = Current.StartedAt;
        if (!Duration(Current.Node.Frame.Timeout, Current.Input, out var timeout))
            return false;
        if (timeout is { } limit)
            activation.Timeout = SetTimer(limit);
        _strand.Stack.Add(activation);
        Current.Activation = activation;
        return true;
    }

    /// <summary>Pushes the current task and enters a list inside it, with the task's input.</summary>
    public Move Descend(Activation activation, TaskListNode list)
    {
        if (!Push(activation))
            return Move.Fail;
        Value = Current.Input;
        return EnterList(list);
    }

    public RunTimer SetTimer(TimeSpan delay)
    {
        var milliseconds = Math.Ceiling(delay.TotalMilliseconds);
        var timer = new RunTimer(NextId('t'), At.AddMilliseconds(milliseconds));
        _commands.Add(timer.Command);
        return timer;
    }

    public void ClearTimer(RunTimer timer)
    {
        // What was never released need not be taken back.
        if (_commands.RemoveAll(c => c is SetTimer && c.Id == timer.Id) == 0)
            _commands.Add(new ClearTimer(timer.Id));
    }

    public void Command(RunCommand command) => _commands.Add(command);

    /// <summary>False, with <see cref="Error"/> set, when the value is too large, or too deep, to be handed out.</summary>
    public bool CanLeave(JsonValue value, string what)
    {
        if (StateWeight.Of(value, _options.StateBytes) <= _options.StateBytes)
            return true;
        Raise(ErrorKind.Runtime, $"{what} is larger than {_options.StateBytes} bytes, or nested too deeply.");
        return false;
    }

    /// <summary>An id for a command, unique in the run: <c>c12</c>.</summary>
    public string NextId(char prefix) => $"{prefix}{++_memory.Commanded}";

    /// <summary>The same for every repetition of one logical call: the run, the task, and how often each task around it has begun another.</summary>
    public string IdempotencyKey()
    {
        var visits = new Stack<long>();
        for (var strand = _strand; strand is not null; strand = StrandOf(strand.Parent))
        {
            for (var i = strand.Stack.Count - 1; i >= 0; i--)
                visits.Push(strand.Stack[i].Visits);
        }

        return $"{RunId}:{Current.Node.KeyPart}:{string.Join('.', visits)}";
    }

    public void Trace(TraceEvent what, JsonValue data) => Trace(Current.Node, what, data);

    public void Trace(TaskNode node, TraceEvent what, JsonValue data)
    {
        // The node around it tells of the task.
        if (node.Frame.IsExtended && what is not (TraceEvent.Emitted or TraceEvent.Retried))
            return;
        _memory.Traced++;
        if (_trace.Count >= _options.TraceEntries)
            return;
        JsonValue shown = StateWeight.Of(data, _options.TraceBytes) <= _options.TraceBytes ? _mask.Hide(data) : "(too large to be traced)";
        _trace.Add(new TraceEntry(_memory.Traced, At, node.Pointer, node.Name, what, shown));
    }

    /// <summary>Takes the current task off the stack, with whatever it was waiting for.</summary>
    private void Pop()
    {
        Release(_strand, Current.Activation!, null);
        Current.Activation = null;
    }

    private void Release(Strand strand, Activation activation, TraceEvent? trace)
    {
        if (activation.Timeout is { } timeout)
            ClearTimer(timeout);
        foreach (var command in activation.Abandon)
        {
            if (command is ClearTimer clear)
                ClearTimer(new RunTimer(clear.Id, default));
            else
                _commands.Add(command);
        }

        if (trace is { } what)
            Trace(activation.Node, what, default);
        strand.Stack.Remove(activation);
    }
}
