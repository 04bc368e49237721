using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Voltwright.Reservations;
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

    /// <summary>Where it stands, and so who may see it; null for none, which only those see who see all.</summary>
    public string? SiteId { get; init; }

    /// <summary>
    /// What it must show to be let in (OCPP security profiles): 0 nothing, 1 its secret, 2 its secret over TLS, 3 its certificate.
    /// </summary>
    public int SecurityProfile { get; init; } = Station.DefaultSecurityProfile;

    /// <summary>What an OCPP station is told when it boots.</summary>
    public Registration Registration { get; init; }

    public StationStatus Status => OutOfOrder || Availability is { Operative: false } ? StationStatus.OutOfOrder
        : Fault is not null ? StationStatus.Faulted
        : Connected ? StationStatus.Available
        : StationStatus.Offline;

    public bool Connected { get; init; }

    public string? LinkId { get; init; }

    /// <summary>Since when it is told to be offline; null while it is not.</summary>
    public DateTimeOffset? OfflineSince { get; init; }

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

    /// <summary>What an operator wants of the station as a whole; null as long as nobody asked.</summary>
    public Availability? Availability { get; init; }

    /// <summary>When that changes, soonest first.</summary>
    public ImmutableArray<AvailabilityPlan> Plans { get; init; } = [];

    /// <summary>Those that keep a slot, and those whose end the station does not know yet.</summary>
    public ImmutableArray<Reservation> Reservations { get; init; } = [];

    /// <summary>The newest taps, to tell a repeat from a new one.</summary>
    public ImmutableArray<Tap> Taps { get; init; } = [];

    /// <summary>The open sessions and the newest closed ones, oldest first.</summary>
    public ImmutableArray<SessionEntry> Sessions { get; init; } = [];

    public ImmutableArray<TicketEntry> OpenTickets { get; init; } = [];

    /// <summary>Ends of transactions whose beginning has not arrived yet.</summary>
    public ImmutableArray<ChargingStoppedFact> StopsAhead { get; init; } = [];

    /// <summary>Transactions that began before anybody presented a card, as OCPP 2.x allows.</summary>
    public ImmutableArray<ChargingStartedFact> Unclaimed { get; init; } = [];
}

[GenerateSerializer, JsonConverter(typeof(KebabCase<Registration>))]
public enum Registration
{
    Accepted,

    /// <summary>It is known and may be set up; it has to wait with everything else until an operator accepts it.</summary>
    Pending,
}

[GenerateSerializer, JsonConverter(typeof(KebabCase<StationStatus>))]
public enum StationStatus
{
    Available,
    Offline,
    Faulted,
    OutOfOrder,
}
