using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Voltwright.Support;

/// <summary>One incident that somebody has to look after, however often it is reported.</summary>
[GenerateSerializer(GenerateFieldIds = GenerateFieldIds.PublicProperties), Immutable]
public sealed partial record Ticket
{
    public required string Id { get; init; }

    public required string StationId { get; init; }

    /// <summary>Null means the station as a whole.</summary>
    public int? SlotNumber { get; init; }

    public string? SessionId { get; init; }

    public string? Code { get; init; }

    public string? Info { get; init; }

    public string? VendorCode { get; init; }

    public TicketStatus Status { get; init; }

    /// <summary>How often the incident was reported while the ticket was open.</summary>
    public int Reports { get; init; } = 1;

    public DateTimeOffset OpenedAt { get; init; }

    public DateTimeOffset LastReportedAt { get; init; }

    /// <summary>When the station said that the fault is gone; the slot stays out of order until the ticket is closed.</summary>
    public DateTimeOffset? RecoveredAt { get; init; }

    public DateTimeOffset? ClosedAt { get; init; }

    public string? Resolution { get; init; }

    public ImmutableArray<string> Notes { get; init; } = [];

    /// <summary>
    /// An incident about a session is about money or people: the equipment stays in service. So does what is offline: it is to serve
    /// again as soon as it is back.
    /// </summary>
    [JsonIgnore]
    public bool TakesOutOfOrder => SessionId is null && Code != Incidents.Offline;
}

[GenerateSerializer, JsonConverter(typeof(KebabCase<TicketStatus>))]
public enum TicketStatus
{
    Open,
    Closed,
}
