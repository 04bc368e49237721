using System.Text.Json.Serialization;

namespace Voltwright.Reservations;

/// <summary>A slot kept for a card until a moment: <c>reservation/{id}</c>, written by the station's grain.</summary>
[GenerateSerializer(GenerateFieldIds = GenerateFieldIds.PublicProperties), Immutable]
public sealed record Reservation
{
    public required string Id { get; init; }

    /// <summary>What the station calls it by; unique in the installation.</summary>
    public required int Number { get; init; }

    public required string StationId { get; init; }

    public required int SlotNumber { get; init; }

    public required string CardId { get; init; }

    public ReservationStatus Status { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>The session that used it up.</summary>
    public string? SessionId { get; init; }

    /// <summary>How far the station is with it: <c>wanted</c>, <c>confirmed</c>, <c>unsupported</c> (we keep the slot alone) or <c>failed</c>.</summary>
    public string Reached { get; init; } = "wanted";

    public string? Problem { get; init; }

    /// <summary>Of its stream.</summary>
    public int Revision { get; init; }

    /// <summary>It keeps a slot, or its end has not been told to the station.</summary>
    [JsonIgnore]
    public bool IsOpen => Status == ReservationStatus.Active || Reached == "wanted";

    public Reservation Close(ReservationStatus status, DateTimeOffset now, bool stationKnows) =>
        this with { Status = status, ClosedAt = now, Reached = stationKnows || Reached == "unsupported" ? Reached : "wanted" };
}

[GenerateSerializer, JsonConverter(typeof(KebabCase<ReservationStatus>))]
public enum ReservationStatus
{
    Active,

    /// <summary>Its card charged.</summary>
    Used,
    Cancelled,
    Expired,

    /// <summary>The station would not keep the slot.</summary>
    Refused,

    /// <summary>Somebody else charges there, and no other slot was free; or the station gave it up.</summary>
    Lost,
}

/// <param name="Slot">Null takes a free one.</param>
[GenerateSerializer, Immutable]
public sealed record ReservationWish(string CardId, int? Slot, DateTimeOffset ExpiresAt);
