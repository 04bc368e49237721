namespace Voltwright.Stations;

/// <summary>What acquiring a slot gives: the slot, and the session that now holds it.</summary>
[GenerateSerializer, Immutable]
public sealed record Lease(int SlotNumber, string SessionId, DateTimeOffset? ExpiresAt = null);
