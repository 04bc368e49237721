using Voltwright.Automation.Invocations;
using Voltwright.Jq;
using Voltwright.Workflows;
using Voltwright.Workflows.Events;
using Voltwright.Workflows.Runs;

namespace Voltwright.Automation;

/// <summary>Runs one workflow in memory to its end, and those it runs: no server, no store, nothing survives.</summary>
public sealed class LocalRunner(WorkflowProgram program, HttpCaller caller, TimeProvider clock)
{
    public IReadOnlyDictionary<string, JsonValue> Secrets { get; init; } = new Dictionary<string, JsonValue>();

    /// <summary>Told of everything that happens in the run itself, in order.</summary>
    public Action<TraceEntry>? Trace { get; init; }

    /// <summary>Told of the lifecycle events of the run itself, after what they tell of.</summary>
    public Action<JsonValue>? Lifecycle { get; init; }

    /// <summary>Does what is neither an HTTP call nor the engine's own; without permissions unless one is given.</summary>
    public Invoker Invoker { get; init; } = new(new InvocationOptions(), caller, clock);

    /// <summary>After that long the run is cancelled; null waits for ever.</summary>
    public TimeSpan? Timeout { get; init; }

    public EngineOptions Engine { get; init; } = EngineOptions.Default;

    /// <summary>CloudEvents from outside, in order: each happens when a task listens and what happened before is dealt with.</summary>
    public IReadOnlyList<JsonValue> Events { get; init; } = [];

    /// <summary>Finds what <c>run: workflow</c> names: namespace, name, version or <c>latest</c>. Null when there is none.</summary>
    public Func<string, string, string, WorkflowProgram?> Workflows { get; init; } = (_, _, _) => null;

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
        using var session = new LocalSession(this, caller, clock);
        using var limit = Timeout is { } timeout ? new CancellationTokenSource(timeout, clock) : new CancellationTokenSource();
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, limit.Token);
        var run = await session.RunAsync(program, id, input, either.Token);
        return run with { TimedOut = limit.IsCancellationRequested && run.State.Status == RunStatus.Cancelled };
    }
}

/// <param name="Unused">The events from outside that no task took.</param>
public sealed record LocalRun(RunState State, IReadOnlyList<JsonValue> Unused)
{
    /// <summary>Cancelled because the time allowed was over.</summary>
    public bool TimedOut { get; init; }

    /// <summary>Not over, but nothing is left that could happen: a task listens to events that do not come.</summary>
    public bool IsStarved => !RunDocument.IsOver(State.Status);
}
