using Voltwright.Jq;

namespace Voltwright.Events;

/// <param name="Problems">Every one, for people; empty when the event is accepted.</param>
public sealed record CheckedEvent(JsonValue Envelope, IReadOnlyList<string> Problems)
{
    public bool IsAccepted => Problems.Count == 0;
}
