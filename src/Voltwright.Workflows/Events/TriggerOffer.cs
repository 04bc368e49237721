using Voltwright.Jq;

namespace Voltwright.Workflows.Events;

/// <summary>What offering an event to a trigger came to.</summary>
/// <param name="Waiting">To be kept, durably, and handed to the next offer; null when nothing waits.</param>
/// <param name="Sets">The envelopes each new run begins with.</param>
public sealed record TriggerOffer(JsonValue Waiting, IReadOnlyList<IReadOnlyList<JsonValue>> Sets);
