using System.Text.Json.Serialization;

namespace Voltwright.Stations;

/// <summary>What tells one open incident from another.</summary>
[GenerateSerializer, Immutable]
public sealed record TicketEntry(string Id, int? Slot, string? Code, string? SessionId)
{
    [JsonIgnore]
    public bool TakesOutOfOrder => SessionId is null && Code != Support.Incidents.Offline;
}
