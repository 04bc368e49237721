using Voltwright.Jq;
using Voltwright.Workflows.Expressions;
using Voltwright.Workflows.Programs;
using Voltwright.Workflows.Runs;

namespace Voltwright.Workflows.Running;

/// <summary>One step of a run: changes its own copy of the memory, in a loop instead of by recursion, until every strand waits.</summary>
internal sealed partial class RunMachine : IArguments
{
    private readonly WorkflowProgram _program;
    private readonly RunMemory _memory;
    private readonly IReadOnlyDictionary<string, JsonValue>? _secrets;
    private readonly EngineOptions _options;
    private readonly List<RunCommand> _commands = [];
    private readonly List<TraceEntry> _trace = [];
    private readonly Queue<(Strand Strand, TaskListNode List, JsonValue Input)> _ready = new();
    private readonly SecretMask _mask;
    private readonly List<JsonValue> _consumed = [];
    private readonly List<JsonObject> _correlations = [];
    private Strand _strand = null!;
    private int _steps;
    private bool _isVoid;

    public RunMachine(
        WorkflowProgram program, RunMemory memory, DateTimeOffset at, IReadOnlyDictionary<string, JsonValue>? secrets, EngineOptions options)
    {
        _program = program;
        _memory = memory;
        _secrets = secrets;
        _options = options;
        _mask = SecretMask.Of(program, secrets);
        _nextWeighing = WeighingInterval;
        At = at;
        Time = new FixedTime(at);
    }

    public DateTimeOffset At { get; }

    public TimeProvider Time { get; }

    /// <summary>What flows: a raw input, a raw output.</summary>
    public JsonValue Value { get; set; }

    /// <summary>The error being raised: problem details.</summary>
    public JsonObject Error { get; private set; } = JsonObject.Empty;

    /// <summary>Whether the list that returns was left by <c>exit</c>.</summary>
    public bool Exited { get; private set; }

    /// <summary>Overrides the current task's own <c>then</c>.</summary>
    public Directive? Then { get; set; }

    public CurrentTask Current { get; } = new();

    public string RunId => _memory.Id;

    public WorkflowProgram Program => _program;

    /// <summary>The context of the strand under way.</summary>
    public JsonValue Context
    {
        get => _strand.Context;
        set => _strand.Context = value;
    }

    private TaskListNode List { get; set; } = null!;

    private int Index { get; set; }

    public RunStep Step()
    {
        if (!_memory.IsOver && StateWeight.Exceeds(_memory, _options.StateBytes))
            Fault(Problem(ErrorKind.Runtime, $"The run remembers more than {_options.StateBytes} bytes, or something nested too deeply."));
        if (!_memory.IsOver && _memory.Status != RunStatus.Suspended)
            _memory.Status = _memory.Strands.All(s => s.Top is null or { IsWaiting: true }) ? RunStatus.Waiting : RunStatus.Running;
        return new RunStep(new RunState(_memory, _mask, _program.ListenedTypes), _commands, _trace)
        {
            ChangesNothing = _isVoid, Consumed = _consumed, Correlations = _correlations,
        };
    }

    public void Begin()
    {
        var root = new Strand(0, Strand.NoParent);
        _strand = root;
        _memory.Strands.Add(root);
        var activation = new PlainActivation(_program.Root) { RawInput = _memory.Input, StartedAt = At };
        root.Stack.Add(activation);
        Current.Restore(activation);
        if (_program.InputSchema?.Problem(_memory.Input) is { } problem)
            Fault(Problem(ErrorKind.Validation, problem));
        else if (!Evaluate(_program.InputFrom, _memory.Input, out var input) || !Duration(_program.Timeout, input, out var timeout))
            Fault(Error);
        else
        {
            activation.Input = Value = input;
            if (timeout is { } limit)
                _memory.Timeout = SetTimer(limit);
            Subscribe();
            Loop(EnterList(_program.Root.List));
        }
    }

    /// <summary>Makes a list of tasks the next to enter, with <see cref="Value"/> as its input.</summary>
    public Move EnterList(TaskListNode list)
    {
        List = list;
        Index = 0;
        return Move.Enter;
    }

    private void Loop(Move move)
    {
        while (true)
        {
            while (move != Move.Idle && !_memory.IsOver)
            {
                move = move switch
                {
                    Move.Enter => Enter(),
                    Move.Finish => Finish(),
                    Move.Return => Return(),
                    _ => Unwind(),
                };
            }

            if (_memory.IsOver || !_ready.TryDequeue(out var next))
                return;
            if (!_memory.Strands.Contains(next.Strand))
                continue;
            _strand = next.Strand;
            Value = next.Input;
            move = EnterList(next.List);
        }
    }

    private Move Enter()
    {
        if (Index >= List.Tasks.Length)
        {
            Exited = false;
            return Move.Return;
        }

        var node = List.Tasks[Index];
        var frame = node.Frame;
        _strand.Top!.Visits++;
        Current.Begin(node, frame.IsExtended ? _strand.Top.RawInput : Value, At);
        if (++_steps > _options.StepBudget || _commands.Count > _options.StepCommands)
            return Exhausted();
        if ((_steps >= _nextWeighing || StateWeight.IsSuspicious(Value, _options.StateBytes)) && IsTooHeavy())
            return Move.Idle;
        if (frame.If is not null)
        {
            if (!Evaluate(frame.If, Value, out var condition))
                return Move.Fail;
            if (!condition.IsTruthy)
            {
                Trace(TraceEvent.Skipped, Value);
                Index++;
                return Move.Enter;
            }
        }

        Trace(TraceEvent.Started, Value);
        if (frame.InputSchema?.Problem(Value) is { } problem)
            return Raise(ErrorKind.Validation, problem);
        if (!Evaluate(frame.InputFrom, Value, out var input))
            return Move.Fail;
        Current.Input = input;
        return node.Begin(this);
    }

    private Move Finish()
    {
        var frame = Current.Node.Frame;
        if (Current.Activation is not null)
            Pop();
        if (frame.IsExtended)
            return ExtendedNode.TaskDone(this, _strand.Top!);
        Current.Output = Value;
        if (!Evaluate(frame.OutputAs, Value, out var output))
            return Move.Fail;
        Current.Transformed = Value = output;
        if (frame.OutputSchema?.Problem(output) is { } problem)
            return Raise(ErrorKind.Validation, problem);
        if (frame.ExportAs is not null)
        {
            if (!Evaluate(frame.ExportAs, output, out var context))
                return Move.Fail;
            Context = context;
        }

        if (frame.ExportSchema?.Problem(Context) is { } mismatch)
            return Raise(ErrorKind.Validation, mismatch);
        Trace(TraceEvent.Completed, output);
        var then = Then ?? frame.Then;
        Then = null;
        return Follow(then, frame);
    }

    private Move Follow(Directive then, TaskNode.TaskFrame frame)
    {
        switch (then.Kind)
        {
            case DirectiveKind.Exit:
                Exited = true;
                return Move.Return;
            case DirectiveKind.End:
                return Complete();
            default:
                List = frame.List;
                Index = then.Kind == DirectiveKind.Target ? then.Target : frame.Index + 1;
                return Move.Enter;
        }
    }

    private Move Return()
    {
        var owner = _strand.Top!;
        Current.Restore(owner);
        return owner.Node.Returned(this, owner);
    }

    /// <summary>The workflow's own end: its output, then nothing more.</summary>
    public Move Complete()
    {
        Current.Restore(_memory.Strands[0].Stack[0]);
        if (!Evaluate(_program.OutputAs, Value, out var output))
            return Fault(Error);
        if (_program.OutputSchema?.Problem(output) is { } problem)
            return Fault(Problem(ErrorKind.Validation, problem));
        if (!CanLeave(output, "The output"))
            return Fault(Error);
        _memory.Output = output;
        return Over(RunStatus.Completed);
    }

    private Move Over(RunStatus status)
    {
        foreach (var strand in _memory.Strands.AsEnumerable().Reverse())
        {
            while (strand.Top is { } top)
                Release(strand, top, status == RunStatus.Completed || top.Node is WorkflowNode ? null : TraceEvent.Cancelled);
        }

        if (_memory.Timeout is { } timer)
            ClearTimer(timer);
        _memory.Timeout = null;
        Unsubscribe();
        _memory.Strands.Clear();
        _memory.Inbox.Clear();
        _ready.Clear();
        _memory.Status = status;
        return Move.Idle;
    }
}
