using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Voltwright.Tariffs;

namespace Voltwright.Stations;

/// <summary>A charging station as the system knows it. Its secret is not here.</summary>
[GenerateSerializer(GenerateFieldIds = GenerateFieldIds.PublicProperties), Immutable]
public sealed partial record Station
{
    public required string Id { get; init; }

    /// <summary><c>ocpp1.6</c>, <c>ocpp2.0.1</c>, <c>ocpp2.1</c> or <c>mqtt</c>.</summary>
    public required string Protocol { get; init; }

    public string? Name { get; init; }

    public StationStatus Status => OutOfOrder ? StationStatus.OutOfOrder
        : Fault is not null ? StationStatus.Faulted
        : Connected ? StationStatus.Available
        : StationStatus.Offline;

    public bool Connected { get; init; }

    public string? LinkId { get; init; }

    /// <summary>By which tariff its sessions are priced.</summary>
    public string TariffId { get; init; } = Tariff.DefaultId;

    public DateTimeOffset RegisteredAt { get; init; }

    public DateTimeOffset? LastSeenAt { get; init; }

    public string? Vendor { get; init; }

    public string? Model { get; init; }

    public string? Serial { get; init; }

    public string? Firmware { get; init; }

    public required ImmutableArray<Slot> Slots { get; init; }

    /// <summary>By <c>main</c> or slot number.</summary>
    public ImmutableSortedDictionary<string, Led> Leds { get; init; } =
        ImmutableSortedDictionary.Create<string, Led>(StringComparer.Ordinal);

    /// <summary>Of the station as a whole; a slot has its own.</summary>
    public Fault? Fault { get; init; }

    public Fault? LastFault { get; init; }

    public bool OutOfOrder { get; init; }

    /// <summary>The newest taps, to tell a repeat from a new one.</summary>
    public ImmutableArray<Tap> Taps { get; init; } = [];

    /// <summary>The open sessions and the newest closed ones, oldest first.</summary>
    public ImmutableArray<SessionEntry> Sessions { get; init; } = [];

    public ImmutableArray<TicketEntry> OpenTickets { get; init; } = [];

    /// <summary>Ends of transactions whose beginning has not arrived yet.</summary>
    public ImmutableArray<ChargingStoppedFact> StopsAhead { get; init; } = [];
}

[GenerateSerializer, JsonConverter(typeof(KebabCase<StationStatus>))]
public enum StationStatus
{
    Available,
    Offline,
    Faulted,
    OutOfOrder,
}
