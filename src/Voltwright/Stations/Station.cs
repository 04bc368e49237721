namespace Voltwright.Stations;

[GenerateSerializer, Immutable]
public sealed record Station(string Id);

/// <summary>What acquiring a slot gives: the slot, and the session that now holds it.</summary>
[GenerateSerializer, Immutable]
public sealed record Lease(int SlotNumber, string SessionId);
