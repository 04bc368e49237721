namespace Voltwright.Stations;

/// <summary>Enough of a session to find it by card, time or transaction without loading it.</summary>
[GenerateSerializer, Immutable]
public sealed record SessionEntry(
    string Id, string CardId, int SlotNumber, DateTimeOffset OpenedAt, DateTimeOffset? ClosedAt = null,
    string? TransactionId = null, DateTimeOffset? StartedAt = null, long? MeterStartWh = null);
