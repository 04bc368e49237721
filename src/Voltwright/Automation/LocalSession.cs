using System.Globalization;
using System.Threading.Channels;
using Voltwright.Jq;
using Voltwright.Workflows;
using Voltwright.Workflows.Runs;

namespace Voltwright.Automation;

/// <summary>One run in memory with those it starts: what happens to any of them waits in one line, and is applied one after the other.</summary>
internal sealed class LocalSession(LocalRunner runner, HttpCaller caller, TimeProvider clock) : IDisposable
{
    private readonly Channel<Happening> _happened = Channel.CreateUnbounded<Happening>();
    private readonly Queue<JsonValue> _outside = new(runner.Events);
    private readonly List<JsonValue> _unused = [.. runner.Events];
    private readonly List<Hosted> _open = [];
    private readonly CancellationTokenSource _end = new();

    public async Task<LocalRun> RunAsync(WorkflowProgram program, string id, JsonValue input, CancellationToken cancellation)
    {
        var root = new Hosted(program, id, null, null);
        Start(root, input);
        while (_open.Count > 0)
        {
            if (cancellation.IsCancellationRequested)
                CancelAll(root);
            else if (_happened.Reader.TryRead(out var next))
                Take(next);
            else if (_outside.Count > 0 && _open.Exists(r => r.State.IsListening))
                Publish(_outside.Dequeue());
            else if (_open.TrueForAll(r => r.UnderWay.Count == 0))
                break;
            else
                await HappenAsync(cancellation);
        }

        return new LocalRun(root.State, _unused);
    }

    public void Dispose()
    {
        _end.Cancel();
        foreach (var waiting in _open.SelectMany(r => r.UnderWay.Values).ToArray())
            waiting.Dispose();
        _end.Dispose();
    }

    private async Task HappenAsync(CancellationToken cancellation)
    {
        try
        {
            await _happened.Reader.WaitToReadAsync(cancellation);
        }
        catch (OperationCanceledException)
        {
            // Seen where the next thing is chosen.
        }
    }

    private void CancelAll(Hosted root)
    {
        Apply(root, new Cancel(clock.GetUtcNow()));
        foreach (var left in _open.ToArray())
            Apply(left, new Cancel(clock.GetUtcNow()));
    }

    private void Take(Happening happening)
    {
        if (happening.Command is { } awaited)
            happening.Run.Drop(awaited);
        Apply(happening.Run, happening.Event);
    }

    private void Start(Hosted run, JsonValue input)
    {
        _open.Add(run);
        Follow(run, Engine.Start(run.Program, new RunStart(run.Id, input, clock.GetUtcNow(), runner.Secrets), runner.Engine));
    }

    private void Apply(Hosted run, RunEvent e)
    {
        if (_open.Contains(run))
            Follow(run, Engine.Apply(run.Program, run.State, e, runner.Secrets, runner.Engine));
    }

    private void Follow(Hosted run, RunStep step)
    {
        RunStatus? before = run.HasBegun ? run.State.Status : null;
        run.State = step.State;
        foreach (var e in step.Consumed)
            _unused.Remove(e);
        if (run.Parent is null)
        {
            foreach (var entry in step.Trace)
                runner.Trace?.Invoke(entry);
            foreach (var e in runner.Lifecycle is null || step.ChangesNothing ? [] : LifecycleEvents.Of(run.Program, before, step, clock.GetUtcNow()))
                runner.Lifecycle!(e);
        }

        foreach (var command in step.Commands)
            CarryOut(run, command);
        if (!RunDocument.IsOver(run.State.Status))
            return;
        _open.Remove(run);
        if (run is { Parent: { } parent, Command: { IsAwaited: true } asked })
            Happened(parent, asked.Id, new ChildEnded(clock.GetUtcNow(), asked.Id, run.State.Status, run.State.Output, run.State.Error));
    }

    private void CarryOut(Hosted run, RunCommand command)
    {
        switch (command)
        {
            case CallHttp call:
                _ = CallAsync(run, call);
                break;
            case Invoke invoke:
                _ = InvokeAsync(run, invoke);
                break;
            case SetTimer timer:
                run.UnderWay[timer.Id] = clock.CreateTimer(
                    _ => Happened(run, timer.Id, Fired(timer)), null, Until(timer.DueAt), Timeout.InfiniteTimeSpan);
                break;
            case Emit emit:
                Publish(emit.CloudEvent);
                break;
            case Subscribe subscribe:
                run.Subscription = subscribe;
                break;
            case StartChild start:
                StartChild(run, start);
                break;
            default:
                run.Drop(command.Id);
                break;
        }
    }

    /// <summary>To every run that wants its type.</summary>
    private void Publish(JsonValue envelope)
    {
        var type = envelope["type"].TryGetString(out var text) ? text : "";
        foreach (var run in _open)
        {
            if (run.Subscription is { } wanted && wanted.Types?.Contains(type) != false)
                Happened(run, null, new EventArrived(clock.GetUtcNow(), envelope));
        }
    }

    private void StartChild(Hosted parent, StartChild start)
    {
        var name = $"{start.Namespace}/{start.Name} {start.Version}";
        var depth = parent.Depth + 1;
        var program = depth > Nesting.Deepest ? null : runner.Workflows(start.Namespace, start.Name, start.Version);
        if (program is null)
        {
            var why = depth > Nesting.Deepest ? Nesting.TooDeep(name) : Nesting.NotDeployed(name);
            Happened(parent, start.Id, new ChildEnded(clock.GetUtcNow(), start.Id, RunStatus.Faulted, default, why));
            return;
        }

        var child = new Hosted(program, string.Create(CultureInfo.InvariantCulture, $"{parent.Id}.{start.Id}"), parent, start);
        if (start.IsAwaited)
            parent.UnderWay[start.Id] = new Ending(() => Apply(child, new Cancel(clock.GetUtcNow())));
        Start(child, start.Input);
    }

    private async Task CallAsync(Hosted run, CallHttp call)
    {
        var cancellation = CancellationTokenSource.CreateLinkedTokenSource(_end.Token);
        run.UnderWay[call.Id] = new Ending(cancellation.Cancel);
        if (await caller.CallAsync(call, cancellation.Token) is { } answer)
            Happened(run, call.Id, answer);
    }

    private async Task InvokeAsync(Hosted run, Invoke invoke)
    {
        var cancellation = CancellationTokenSource.CreateLinkedTokenSource(_end.Token);
        run.UnderWay[invoke.Id] = new Ending(cancellation.Cancel);
        // Off this thread: a script is worked off without a pause.
        var answer = await Task.Run(() => runner.Invoker.InvokeAsync(invoke, progress => Happened(run, null, progress), cancellation.Token));
        if (answer is not null)
            Happened(run, invoke.Id, answer);
    }

    private void Happened(Hosted run, string? command, RunEvent e) => _happened.Writer.TryWrite(new Happening(run, command, e));

    // A timer may be a little early by the clock; the run is not to see that.
    private TimerFired Fired(SetTimer timer) => new(clock.GetUtcNow() is var now && now < timer.DueAt ? timer.DueAt : now, timer.Id);

    private TimeSpan Until(DateTimeOffset due) => due - clock.GetUtcNow() is var wait && wait > TimeSpan.Zero ? wait : TimeSpan.Zero;

    /// <param name="Command">What it answers; null when it came by itself.</param>
    private sealed record Happening(Hosted Run, string? Command, RunEvent Event);

    private sealed class Hosted(WorkflowProgram program, string id, Hosted? parent, StartChild? command)
    {
        public WorkflowProgram Program => program;

        public string Id => id;

        public Hosted? Parent => parent;

        /// <summary>What the parent asked for.</summary>
        public StartChild? Command => command;

        public int Depth { get; } = parent is null ? 0 : parent.Depth + 1;

        public RunState State { get; set; } = null!;

        public bool HasBegun => State is not null;

        public Subscribe? Subscription { get; set; }

        /// <summary>Timers, calls and runs it awaits, by the command's id; disposing gives them up.</summary>
        public Dictionary<string, IDisposable> UnderWay { get; } = new(StringComparer.Ordinal);

        public void Drop(string id)
        {
            if (UnderWay.Remove(id, out var underWay))
                underWay.Dispose();
        }
    }

    private sealed class Ending(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
