using System.Text.Json.Serialization;

namespace Voltwright.Stations;

/// <summary>One place to charge: an OCPP 1.6 connector, an OCPP 2.x EVSE. Slots count from 1.</summary>
[GenerateSerializer(GenerateFieldIds = GenerateFieldIds.PublicProperties), Immutable]
public sealed partial record Slot
{
    public required int Number { get; init; }

    public SlotStatus Status =>
        OutOfOrder || Availability is { Operative: false } || Reported == "unavailable" ? SlotStatus.OutOfOrder
        : Fault is not null ? SlotStatus.Faulted
        : Charging || (SessionId is null && Reported is "charging" or "suspended") ? SlotStatus.Charging
        : Lock.Wanted || Lock.Confirmed || (SessionId is null && Reported is "finishing") ? SlotStatus.Locked
        : SessionId is not null || ReservationId is not null || Reported == "reserved" ? SlotStatus.Leased
        : SlotStatus.Available;

    /// <summary>The open session that holds the slot.</summary>
    public string? SessionId { get; init; }

    public bool Charging { get; init; }

    /// <summary>The reservation that keeps the slot.</summary>
    public string? ReservationId { get; init; }

    public SlotLock Lock { get; init; } = new();

    /// <summary>What the station said last; null when it has said nothing yet.</summary>
    public string? Reported { get; init; }

    public DateTimeOffset? ReportedAt { get; init; }

    /// <summary>An error that goes with a status other than faulted: a warning.</summary>
    public string? Warning { get; init; }

    public Fault? Fault { get; init; }

    /// <summary>The newest fault, gone or not: one that comes back at once is not told again.</summary>
    public Fault? LastFault { get; init; }

    public bool OutOfOrder { get; init; }

    /// <summary>What an operator wants; null as long as nobody asked.</summary>
    public Availability? Availability { get; init; }

    [JsonIgnore]
    public bool IsFree => Status == SlotStatus.Available;

    [JsonIgnore]
    public bool CablePlugged => Reported == "preparing";
}

[GenerateSerializer, JsonConverter(typeof(KebabCase<SlotStatus>))]
public enum SlotStatus
{
    Available,
    Leased,
    Locked,
    Charging,
    Faulted,
    OutOfOrder,
}

/// <param name="Wanted">What the system asked for.</param>
/// <param name="Confirmed">What the station said it is.</param>
[GenerateSerializer, Immutable]
public sealed record SlotLock(bool Wanted = false, bool Confirmed = false, string? Problem = null);

/// <param name="AnnouncedAt">When the fault was last told as an event: flapping is told once.</param>
[GenerateSerializer, Immutable]
public sealed record Fault(string Code, string? Info, string? VendorCode, DateTimeOffset Since, DateTimeOffset AnnouncedAt);
