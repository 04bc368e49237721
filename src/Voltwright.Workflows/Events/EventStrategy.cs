using Voltwright.Jq;
using Voltwright.Workflows.Definitions;
using Voltwright.Workflows.Expressions;

namespace Voltwright.Workflows.Events;

/// <summary>A compiled event consumption strategy.</summary>
internal sealed record EventStrategy(
    EventStrategyKind Kind, EventFilter[] Filters, CompiledExpression? UntilExpression, EventStrategy? UntilEvents)
{
    /// <summary>The types it takes; null when it cannot be said beforehand.</summary>
    public IEnumerable<string>? Types
    {
        get
        {
            var until = UntilEvents?.Types ?? [];
            var isOpen = Filters.Length == 0 || Filters.Any(f => f.Type is null) || (UntilEvents is not null && UntilEvents.Types is null);
            return isOpen ? null : Filters.Select(f => f.Type!).Concat(until);
        }
    }

    /// <summary>An empty <c>any</c> takes every event.</summary>
    public bool Matches(JsonValue envelope, IArguments arguments) =>
        (Kind == EventStrategyKind.Any && Filters.Length == 0)
        || Filters.Any(f => f.Matches(envelope, arguments))
        || UntilEvents?.Matches(envelope, arguments) == true;
}
