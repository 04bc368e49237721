using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;

namespace Voltwright.Jq.Evaluation;

/// <summary>The state of one evaluation: why it stopped, a pending tail call, and what is left of the budget.</summary>
internal sealed class Machine
{
    /// <summary>Reasons to stop that no sink, label or loop owns.</summary>
    private static readonly object ErrorReason = new();
    private static readonly object BudgetReason = new();

    private const int StepsBetweenClockLooks = 4096;
    private const int StackOfHop = 64 << 20;

    private const int MostHops = 64;

    private const int WorkBetweenClockLooks = 1 << 20;

    private readonly MemoryWatch _memory = new();
    private int _work;
    private int _hops;
    private long _stepsLeft;
    private int _untilClock;
    private int _depthLeft;
    private long _deadline;
    private bool _timed;
    private bool _looked;

    public JqBudget Budget { get; private set; } = JqBudget.Default;

    public JsonValue[] Globals { get; private set; } = [];

    public JqHost Host { get; private set; } = JqHost.None;

    /// <summary>The raised value while the reason is an error.</summary>
    public JsonValue Error { get; private set; }

    /// <summary>Why the flow stops: an error, the budget, a label or a sink that has enough. Null: the outermost sink wants no more.</summary>
    public object? Reason { get; private set; }

    /// <summary>Above zero, whatever error comes is dropped unseen, so that its message need not be worded.</summary>
    public int Quiet { get; set; }

    /// <summary>A deletion found nothing to delete below a null, which must stay as it was rather than become an object.</summary>
    public bool Untouched { get; set; }

    public bool HasError => ReferenceEquals(Reason, ErrorReason);

    public bool HasFailed => HasError || ReferenceEquals(Reason, BudgetReason);

    /// <summary>Set by <c>halt</c> and <c>halt_error</c>: exit code and what to say.</summary>
    public (int Code, JsonValue Message)? Halted { get; set; }

    /// <summary>The call in tail position that <see cref="Flow.Tail"/> or <see cref="JsonValue.Tail"/> speaks of.</summary>
    public PendingCall Tail;

    public void Start(JqBudget budget, ReadOnlySpan<JsonValue> globals, JqHost host)
    {
        (Budget, Host) = (budget, host);
        if (Globals.Length != globals.Length)
            Globals = new JsonValue[globals.Length];
        globals.CopyTo(Globals);
        (_stepsLeft, _depthLeft, _work) = (budget.Steps, budget.Depth, 0);
        _memory.Start(budget.MemoryBytes);
        _untilClock = StepsBetweenClockLooks;
        (_timed, _looked, Untouched) = (false, false, false);
        (Error, Reason, Quiet, Halted, _hops) = (default, null, 0, null, 0);
    }

    /// <summary>Few for a short evaluation; those of a long one start again at every look at the clock.</summary>
    public int StepsSinceLook => _looked ? int.MaxValue : StepsBetweenClockLooks - _untilClock;

    /// <summary>Counts a loop turn or a call. False: the budget is used up.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Step() => --_untilClock > 0 || LookAtClock();

    public bool Step(int count)
    {
        _untilClock -= count;
        return _untilClock > 0 || LookAtClock();
    }

    /// <summary>Tells of work inside a step, in characters or elements looked at. False: the time is used up.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Work(int amount) => (_work += amount) < WorkBetweenClockLooks || LookAtTime();

    /// <summary>A builtin may read the whole of a text.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Weigh(JsonValue input) => input.Content is not string text || Work(text.Length);

    /// <summary>Before memory that stays in use is allocated. False: the budget is used up.</summary>
    public bool Charge(long bytes) => _memory.Charge(bytes) || Exhaust("memory", "bytes", Budget.MemoryBytes);

    /// <summary>Whether a text of that many characters may be made.</summary>
    public bool ChargeText(long length) =>
        (length <= Budget.OutputBytes || Exhaust("text", "bytes", Budget.OutputBytes)) && (length < 1024 || (Charge(length * 2) && Work((int)length)));

    public bool Enter() => --_depthLeft >= 0 || Exhaust("depth", "calls", Budget.Depth);

    public void Leave() => _depthLeft++;

    public JsonValue Fail(JsonValue error)
    {
        (Error, Reason) = (error, ErrorReason);
        return JsonValue.Failed;
    }

    public Flow Raise(JsonValue error)
    {
        Fail(error);
        return Flow.Stop;
    }

    public Flow StopFor(object reason)
    {
        Reason = reason;
        return Flow.Stop;
    }

    public JsonValue FailFor(object reason)
    {
        Reason = reason;
        return JsonValue.Failed;
    }

    public Flow FlowOf(JsonValue signal, Sink sink)
    {
        if (signal.IsNothing)
            return Flow.Go;
        if (!signal.IsTail)
            return Flow.Stop;
        Tail.Sink = sink;
        Tail.Trail = null;
        return Flow.Tail;
    }

    /// <summary>Whether the stop was meant for this owner, which thereby is done with it.</summary>
    public bool Absorb(object owner)
    {
        if (!ReferenceEquals(Reason, owner))
            return false;
        Reason = null;
        return true;
    }

    /// <summary>Takes the raised error, if that is why the flow stopped.</summary>
    public bool Catch(out JsonValue error)
    {
        error = Error;
        if (!HasError)
            return false;
        (Error, Reason) = (default, null);
        return true;
    }

    /// <summary>
    /// Makes the pending tail call, and those that follow from it, where a filter's caller cannot pass it on. A sink that does so
    /// may stand inside another that does: this is recursion, and counts as it.
    /// </summary>
    public Flow Finish(Flow flow)
    {
        if (flow != Flow.Tail)
            return flow;
        if (!Enter())
            return Flow.Stop;
        flow = RuntimeHelpers.TryEnsureSufficientExecutionStack() ? Turn(flow) : OnStack(() => Turn(Flow.Tail));
        Leave();
        return flow;
    }

    /// <summary>As <see cref="Finish"/>, for a call that has been counted.</summary>
    public Flow Turn(Flow flow)
    {
        while (flow == Flow.Tail)
        {
            var call = Tail;
            flow = Step() ? call.Body.Run(this, call.Env, call.Input, call.Trail, call.Sink!) : Flow.Stop;
        }

        return flow;
    }

    /// <summary>Continues on a fresh stack when this one runs out.</summary>
    public T OnStack<T>(Func<T> rest)
    {
        if (RuntimeHelpers.TryEnsureSufficientExecutionStack())
            return rest();
        if (_hops == MostHops)
            throw new InsufficientExecutionStackException();
        T result = default!;
        ExceptionDispatchInfo? thrown = null;
        _hops++;
        var own = _memory.Leave();
        var thread = new Thread(Run, StackOfHop);
        thread.Start();
        thread.Join();
        _memory.MoveHere(own);
        _hops--;
        thrown?.Throw();
        return result;

        void Run()
        {
            _memory.MoveHere(own);
            try
            {
                result = rest();
            }
            catch (Exception e)
            {
                thrown = ExceptionDispatchInfo.Capture(e);
            }

            own = _memory.Leave();
        }
    }

    public bool Exhaust(string what, string unit, long limit)
    {
        Reason = BudgetReason;
        Error = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"The evaluation used up its {what} budget of {limit} {unit}");
        return false;
    }

    public JsonValue Exhausted(string what, string unit, long limit)
    {
        Exhaust(what, unit, limit);
        return JsonValue.Failed;
    }

    /// <summary>Whether there is time left, asked where one step may have taken long.</summary>
    public bool LookAtTime()
    {
        _work = 0;
        if (Budget.Cancellation.IsCancellationRequested)
        {
            Reason = BudgetReason;
            Error = "The evaluation was cancelled";
            return false;
        }

        if (Budget.WallTime == Timeout.InfiniteTimeSpan)
            return true;
        var now = Budget.Time.GetTimestamp();
        if (!_timed)
            (_timed, _deadline) = (true, now + (long)(Budget.WallTime.TotalSeconds * Budget.Time.TimestampFrequency));
        return now <= _deadline || Exhaust("time", "ms", (long)Budget.WallTime.TotalMilliseconds);
    }

    private bool LookAtClock()
    {
        var used = StepsBetweenClockLooks - _untilClock;
        (_untilClock, _looked) = (StepsBetweenClockLooks, true);
        if ((_stepsLeft -= used) < 0)
            return Exhaust("step", "steps", Budget.Steps);
        return LookAtTime() && (_memory.Look() || Exhaust("memory", "bytes", Budget.MemoryBytes));
    }
}
