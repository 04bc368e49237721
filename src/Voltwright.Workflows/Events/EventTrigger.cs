using Voltwright.Jq;
using Voltwright.Workflows.Definitions;

namespace Voltwright.Workflows.Events;

/// <summary>The events that start runs of a workflow (DSL reference, Schedule, <c>on</c>).</summary>
/// <param name="ReadReason">Why the input has that shape, in a sentence for the author.</param>
public sealed record EventTrigger(EventStrategyKind Kind, IReadOnlyList<EventFilter> Filters, EventReading Read, string ReadReason)
{
    internal EventStrategy Strategy { get; init; } = null!;

    /// <summary>Whether that event has a part in starting runs.</summary>
    public bool Matches(JsonValue envelope) => Strategy.Matches(envelope, NoArguments.Instance);
}
