using System.Threading.Channels;
using Voltwright.Jq;
using Voltwright.Workflows;
using Voltwright.Workflows.Events;
using Voltwright.Workflows.Runs;

namespace Voltwright.Automation;

/// <summary>Runs one workflow in memory to its end: no server, no store, nothing survives.</summary>
public sealed class LocalRunner(WorkflowProgram program, HttpCaller caller, TimeProvider clock)
{
    public IReadOnlyDictionary<string, JsonValue> Secrets { get; init; } = new Dictionary<string, JsonValue>();

    /// <summary>Told of everything that happens, in order.</summary>
    public Action<TraceEntry>? Trace { get; init; }

    /// <summary>After that long the run is cancelled; null waits for ever.</summary>
    public TimeSpan? Timeout { get; init; }

    public EngineOptions Engine { get; init; } = EngineOptions.Default;

    /// <summary>The input that those events make, in the order in which they happen, and those that no part of it were made of.</summary>
    /// <returns>Null when they do not start a run.</returns>
    public static (JsonValue? Input, IReadOnlyList<JsonValue> Unused) InputOf(EventTrigger trigger, IReadOnlyList<JsonValue> envelopes)
    {
        JsonValue waiting = default;
        JsonValue? input = null;
        var unused = new List<JsonValue>();
        foreach (var envelope in envelopes)
        {
            if (input is not null || !trigger.Matches(envelope))
            {
                unused.Add(envelope);
                continue;
            }

            var offer = EventMatching.Offer(trigger, waiting, envelope);
            waiting = offer.Waiting;
            if (offer.Sets.Count > 0)
                input = EventMatching.RunInput(trigger, offer.Sets[0]);
        }

        return (input, unused);
    }

    public async Task<LocalRun> RunAsync(string id, JsonValue input, CancellationToken cancellation)
    {
        using var host = new Host(caller, clock);
        using var limit = Timeout is { } timeout ? new CancellationTokenSource(timeout, clock) : new CancellationTokenSource();
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, limit.Token);
        var step = Workflows.Runs.Engine.Start(program, new RunStart(id, input, clock.GetUtcNow(), Secrets), Engine);
        Follow(step, host);
        while (!RunDocument.IsOver(step.State.Status))
        {
            var next = await host.NextAsync(either.Token) ?? new Cancel(clock.GetUtcNow());
            step = Workflows.Runs.Engine.Apply(program, step.State, next, Secrets, Engine);
            Follow(step, host);
        }

        return new LocalRun(step.State, limit.IsCancellationRequested && step.State.Status == RunStatus.Cancelled);
    }

    private void Follow(RunStep step, Host host)
    {
        foreach (var entry in step.Trace)
            Trace?.Invoke(entry);
        foreach (var command in step.Commands)
            host.CarryOut(command);
    }

    /// <summary>Calls and timers of the one run; what they come to waits in line.</summary>
    private sealed class Host(HttpCaller caller, TimeProvider clock) : IDisposable
    {
        private readonly Channel<RunEvent> _happened = Channel.CreateUnbounded<RunEvent>();
        private readonly Dictionary<string, IDisposable> _underWay = new(StringComparer.Ordinal);
        private readonly CancellationTokenSource _end = new();

        /// <summary>Null when it was cancelled before anything happened.</summary>
        public async Task<RunEvent?> NextAsync(CancellationToken cancellation)
        {
            try
            {
                return await _happened.Reader.ReadAsync(cancellation);
            }
            catch (OperationCanceledException)
            {
                return null;
            }
        }

        public void CarryOut(RunCommand command)
        {
            switch (command)
            {
                case CallHttp call:
                    _ = CallAsync(call);
                    break;
                case SetTimer timer:
                    _underWay[timer.Id] = clock.CreateTimer(
                        _ => _happened.Writer.TryWrite(Fired(timer)), null, Until(timer.DueAt), System.Threading.Timeout.InfiniteTimeSpan);
                    break;
                case ClearTimer clear:
                    Drop(clear.Id);
                    break;
                case CancelCall cancel:
                    Drop(cancel.Id);
                    break;
            }
        }

        public void Dispose()
        {
            _end.Cancel();
            foreach (var timer in _underWay.Values)
                timer.Dispose();
            _end.Dispose();
        }

        private async Task CallAsync(CallHttp call)
        {
            var cancellation = CancellationTokenSource.CreateLinkedTokenSource(_end.Token);
            _underWay[call.Id] = new Cancelling(cancellation);
            if (await caller.CallAsync(call, cancellation.Token) is { } answer)
                _happened.Writer.TryWrite(answer);
        }

        private void Drop(string id)
        {
            if (_underWay.Remove(id, out var underWay))
                underWay.Dispose();
        }

        // A timer may be a little early by the clock; the run is not to see that.
        private TimerFired Fired(SetTimer timer) => new(clock.GetUtcNow() is var now && now < timer.DueAt ? timer.DueAt : now, timer.Id);

        private TimeSpan Until(DateTimeOffset due) => due - clock.GetUtcNow() is var wait && wait > TimeSpan.Zero ? wait : TimeSpan.Zero;
    }

    private sealed class Cancelling(CancellationTokenSource source) : IDisposable
    {
        public void Dispose()
        {
            source.Cancel();
            source.Dispose();
        }
    }
}

/// <param name="TimedOut">Cancelled because the time allowed was over.</param>
public sealed record LocalRun(RunState State, bool TimedOut);
