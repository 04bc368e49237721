using Voltwright.Jq;
using Voltwright.Workflows.Resources;
using Voltwright.Workflows.Runs;

namespace Voltwright.Workflows.Tests;

/// <summary>Plays the host of one run: answers its calls at once, and lets time jump to the next timer when there is nothing else to do.</summary>
internal sealed class TestHost
{
    private readonly WorkflowProgram _program;
    private readonly Dictionary<string, DateTimeOffset> _timers = [];
    private readonly Queue<CallHttp> _calls = new();
    private readonly Queue<StartChild> _children = new();
    private readonly Queue<Invoke> _invocations = new();
    private readonly Queue<RunEvent> _answers = new();

    public TestHost(string yaml, string name = "test.yaml", IReadOnlyDictionary<string, FetchedResource>? resources = null)
    {
        var compilation = WorkflowProgram.Load(yaml, name, HostFeatures.All, resources);
        _program = compilation.Program ?? throw new InvalidOperationException(string.Join('\n', compilation.Findings));
    }

    public static DateTimeOffset Start { get; } = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    public DateTimeOffset Now { get; private set; } = Start;

    public WorkflowProgram Program => _program;

    public RunState State { get; private set; } = null!;

    public List<TraceEntry> Trace { get; } = [];

    public List<CallHttp> Calls { get; } = [];

    public List<JsonValue> Emitted { get; } = [];

    public List<RunCommand> Commands { get; } = [];

    public Dictionary<string, JsonValue> Secrets { get; } = [];

    public EngineOptions Options { get; init; } = EngineOptions.Default;

    /// <summary>Answers a call; null leaves it open.</summary>
    public Func<CallHttp, RunEvent?> Http { get; set; } = _ => null;

    /// <summary>Ends a child run.</summary>
    public Func<StartChild, ChildEnded> Child { get; set; } = _ => throw new InvalidOperationException("No child was expected.");

    /// <summary>What comes of an invocation, in order; nothing leaves it open.</summary>
    public Func<Invoke, IEnumerable<RunEvent>> Invocation { get; set; } = _ => [];

    public List<Invoke> Invocations { get; } = [];

    /// <summary>What happens outside, one event each time there is nothing else to do but wait.</summary>
    public Queue<JsonValue> Events { get; } = new();

    /// <summary>Stores and restores the state after every step.</summary>
    public bool Restores { get; set; }

    public IEnumerable<string> Completed => Trace.Where(t => t.Event == TraceEvent.Completed).Select(t => t.Name);

    public RunEvent Answer(CallHttp call, int status, string json, string contentType = "application/json") => new HttpAnswered(
        Now, call.Id, status, JsonObject.Of(("Content-Type", contentType)), System.Text.Encoding.UTF8.GetBytes(json), call.Request.Uri);

    public TestHost Run(JsonValue input = default)
    {
        Begin(input);
        while (Go())
        {
        }

        return this;
    }

    public TestHost Begin(JsonValue input = default)
    {
        Take(Engine.Start(_program, new RunStart("run-1", input, Now, Secrets), Options));
        return this;
    }

    public List<RunEvent> Applied { get; } = [];

    public void Apply(RunEvent e)
    {
        Applied.Add(e);
        Take(Engine.Apply(_program, State, e, Secrets, Options));
    }

    public void Pass(TimeSpan time) => Now += time;

    /// <summary>Does the next thing that is to do; false when there is nothing.</summary>
    public bool Go()
    {
        if (_calls.TryDequeue(out var call))
        {
            if (Http(call) is { } answer)
                Apply(answer);
            return true;
        }

        while (_invocations.TryDequeue(out var invocation))
        {
            foreach (var e in Invocation(invocation))
                _answers.Enqueue(e);
        }

        if (_answers.TryDequeue(out var next))
        {
            Apply(next);
            return true;
        }

        if (_children.TryDequeue(out var child))
        {
            Apply(Child(child));
            return true;
        }

        if (Events.TryPeek(out var asked) && asked["operator"].TryGetString(out var what))
        {
            Events.Dequeue();
            Apply(what switch
            {
                "suspend" => new Suspend(Now),
                "resume" => new Resume(Now),
                "retry" => new Retry(Now),
                "cancel" => new Cancel(Now),
                _ => new Abort(Now, what),
            });
            return true;
        }

        if (Events.TryDequeue(out var cloudEvent) && State.Status is RunStatus.Waiting or RunStatus.Running)
        {
            Apply(new EventArrived(Now, cloudEvent));
            return true;
        }

        if (_timers.Count == 0 || State.Status is not (RunStatus.Waiting or RunStatus.Running))
            return false;
        var (id, due) = _timers.MinBy(t => (t.Value, t.Key));
        _timers.Remove(id);
        Now = due > Now ? due : Now;
        Apply(new TimerFired(Now, id));
        return true;
    }

    private void Take(RunStep step)
    {
        State = step.State;
        Trace.AddRange(step.Trace);
        foreach (var command in step.Commands)
        {
            Commands.Add(command);
            switch (command)
            {
                case CallHttp call:
                    Calls.Add(call);
                    _calls.Enqueue(call);
                    break;
                case Invoke invoke:
                    Invocations.Add(invoke);
                    _invocations.Enqueue(invoke);
                    break;
                case StartChild { IsAwaited: true } child: _children.Enqueue(child); break;
                case Emit emit: Emitted.Add(emit.CloudEvent); break;
                case SetTimer timer: _timers[timer.Id] = timer.DueAt; break;
                case ClearTimer timer: _timers.Remove(timer.Id); break;
            }
        }

        if (Restores)
            State = RunState.FromJson(_program, JsonValue.Parse(State.ToJson().ToString()), Secrets);
    }
}
