using Voltwright.Jq;
using Voltwright.Workflows.Definitions;

namespace Voltwright.Workflows.Events;

/// <summary>The events that start runs of a workflow (DSL reference, Schedule, <c>on</c>).</summary>
/// <param name="ReadReason">Why the input has that shape, in a sentence for the author.</param>
public sealed record EventTrigger(EventStrategyKind Kind, IReadOnlyList<EventFilter> Filters, EventReading Read, string ReadReason)
{
    internal EventStrategy Strategy { get; init; } = null!;

    /// <summary>Whether runs begin with several events, so that those before the last have to be remembered.</summary>
    public bool Collects => Kind == EventStrategyKind.All || Strategy.UntilExpression is not null || Strategy.UntilEvents is not null;

    /// <summary>The types of the events that have a part; null when it cannot be said beforehand.</summary>
    public IReadOnlyList<string>? Types => Strategy.Types?.Distinct().ToArray();

    /// <summary>Whether that event has a part in starting runs.</summary>
    public bool Matches(JsonValue envelope) => Strategy.Matches(envelope, NoArguments.Instance);
}
