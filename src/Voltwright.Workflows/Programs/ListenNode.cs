using Voltwright.Jq;
using Voltwright.Workflows.Definitions;
using Voltwright.Workflows.Events;
using Voltwright.Workflows.Expressions;
using Voltwright.Workflows.Running;
using Voltwright.Workflows.Schemas;

namespace Voltwright.Workflows.Programs;

/// <summary>Consumes events; its output is always an array, in the order of arrival.</summary>
internal sealed class ListenNode(EventStrategy strategy, EventReading reading, EventIteration? iteration) : ConsumingNode(iteration)
{
    /// <summary>The types it takes; null when it cannot be said beforehand.</summary>
    public IEnumerable<string>? Types => strategy.Types;

    public override Move Begin(RunMachine machine)
    {
        var listener = Listener();
        listener.Met = JsonArray.From(new JsonValue[strategy.Filters.Length]);
        listener.UntilMet = JsonArray.From(new JsonValue[strategy.UntilEvents?.Filters.Length ?? 0]);
        if (!machine.Push(listener))
            return Move.Fail;
        machine.OfferKept(e => Take(machine, listener, e));
        return Proceed(machine, listener);
    }

    /// <summary>Whether the event has a part in this task. The machine is at this task.</summary>
    public bool Take(RunMachine machine, ListenActivation listener, JsonValue cloudEvent)
    {
        if (listener.IsClosed)
            return false;
        if (strategy.UntilEvents is { } until && Match(machine, listener, until, listener.UntilMet, cloudEvent) is >= 0 and var ending)
        {
            listener.UntilMet = listener.UntilMet.With(ending, true);
            listener.IsClosed = until.Kind != EventStrategyKind.All || listener.UntilMet.All(m => m.IsTruthy);
            return true;
        }

        var place = strategy is { Kind: EventStrategyKind.Any, Filters.Length: 0 } ? 0 : Match(machine, listener, strategy, listener.Met, cloudEvent);
        if (place < 0)
            return false;
        if (strategy.Filters.Length > 0)
            listener.Met = listener.Met.With(place, true);
        listener.Queue = listener.Queue.Add(EventMatching.Read(reading, cloudEvent));
        listener.IsClosed = strategy.Kind switch
        {
            EventStrategyKind.All => listener.Met.All(m => m.IsTruthy),
            EventStrategyKind.Any => strategy.UntilExpression is null && strategy.UntilEvents is null,
            _ => true,
        };
        return true;
    }

    public override Activation Restore(JsonValue json) => Listener().Read(json);

    protected override bool IsEnough(RunMachine machine, ConsumingActivation activation, out bool enough)
    {
        enough = false;
        if (strategy.UntilExpression is not { } until)
            return true;
        if (!machine.Evaluate(until, activation.Results, out var value))
            return false;
        enough = value.IsTruthy;
        return true;
    }

    private ListenActivation Listener() => new(this, Iteration);

    // The place of the filter that takes the event, or -1. Filters of an 'all' take one each.
    private static int Match(RunMachine machine, ListenActivation listener, EventStrategy strategy, JsonArray met, JsonValue cloudEvent)
    {
        for (var i = 0; i < strategy.Filters.Length; i++)
        {
            if (strategy.Kind == EventStrategyKind.All && met[i].IsTruthy)
                continue;
            if (!strategy.Filters[i].Matches(cloudEvent, machine) || EventSets.Links(strategy.Filters[i], listener.Keys, cloudEvent, machine) is not { } keys)
                continue;
            listener.Keys = keys;
            return i;
        }

        return -1;
    }
}

/// <summary>What <c>foreach</c> does with each event.</summary>
internal sealed record EventIteration(
    string Item, string At, TaskListNode? Tasks, ValueTemplate? OutputAs, CompiledSchema? OutputSchema, ValueTemplate? ExportAs, CompiledSchema? ExportSchema)
{
    /// <summary>Makes the raw output in <c>machine.Value</c> the transformed one. False, with the machine's error set, when something is wrong.</summary>
    public bool Finish(RunMachine machine)
    {
        if (!machine.Evaluate(OutputAs, machine.Value, out var output))
            return false;
        machine.Value = machine.Current.Transformed = output;
        if (OutputSchema?.Problem(output) is { } problem)
        {
            machine.Raise(ErrorKind.Validation, problem);
            return false;
        }

        if (ExportAs is null)
            return true;
        if (!machine.Evaluate(ExportAs, output, out var context))
            return false;
        machine.Context = context;
        if (ExportSchema?.Problem(context) is not { } mismatch)
            return true;
        machine.Raise(ErrorKind.Validation, mismatch);
        return false;
    }
}
