namespace Voltwright.Stations;

/// <summary>Enough of a session to find it by card, time or transaction without loading it.</summary>
/// <param name="StartSaidAt">When it started by the station's clock, believed or not: a repeat says the same.</param>
[GenerateSerializer, Immutable]
public sealed record SessionEntry(
    string Id, string CardId, int SlotNumber, DateTimeOffset OpenedAt, DateTimeOffset? ClosedAt = null,
    string? TransactionId = null, DateTimeOffset? StartedAt = null, long? MeterStartWh = null,
    DateTimeOffset? StartSaidAt = null);
