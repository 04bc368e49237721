using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Voltwright.Stations;
using Voltwright.Tariffs;

namespace Voltwright.Sessions;

/// <summary>One card's use of one slot, from the lease to the payment.</summary>
/// <remarks>
/// <see cref="OpenedAt"/> and <see cref="ClosedAt"/> are this system's clock and order sessions against taps;
/// <see cref="StartedAt"/> and <see cref="EndedAt"/> are what the station said and are what is billed.
/// </remarks>
[GenerateSerializer(GenerateFieldIds = GenerateFieldIds.PublicProperties), Immutable]
public sealed partial record Session
{
    public required string Id { get; init; }

    public required string StationId { get; init; }

    public required int SlotNumber { get; init; }

    public required string CardId { get; init; }

    public SessionStatus Status { get; init; }

    public DateTimeOffset OpenedAt { get; init; }

    /// <summary>Null when the station started by itself, without a lease.</summary>
    public DateTimeOffset? LeaseExpiresAt { get; init; }

    public DateTimeOffset? StartAskedAt { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>What the station's clock said when charging began, believed or not: a repeat of the message says the same.</summary>
    public DateTimeOffset? StartSaidAt { get; init; }

    public DateTimeOffset? EndAskedAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>The station's own id of the transaction, or our number as text where the station has none.</summary>
    public string? TransactionId { get; init; }

    public int TransactionNumber { get; init; }

    /// <summary>What the station was told when it started: the same start gets the same answer.</summary>
    public CardDecision StartDecision { get; init; }

    public long? MeterStartWh { get; init; }

    public long? MeterStopWh { get; init; }

    public long EnergyWh { get; init; }

    public long? PowerW { get; init; }

    public Meter? Meter { get; init; }

    /// <summary>Since when the car takes no energy although it is plugged.</summary>
    public DateTimeOffset? IdleSince { get; init; }

    public long IdleSeconds { get; init; }

    /// <summary><c>request</c>, <c>operator</c>, <c>tap</c> or <c>station</c>: whoever made a request sees to the bill.</summary>
    public string? EndCause { get; init; }

    public string? StopReason { get; init; }

    /// <summary>The tariff in force when the session opened; a later change does not touch it.</summary>
    public required Tariff Tariff { get; init; }

    /// <summary>The most that it may cost, in minor units: what is held for it. Null sets no limit.</summary>
    public long? PriceLimit { get; init; }

    /// <summary>When the bill had come to that limit, and the end was asked for.</summary>
    public DateTimeOffset? LimitReachedAt { get; init; }

    public Price? Price { get; init; }

    public PaymentSummary? Payment { get; init; }

    /// <summary>What was unusual, in words: readings that were not believed, clocks that were wrong, slots that changed.</summary>
    public ImmutableArray<string> Notes { get; init; } = [];

    [JsonIgnore]
    public bool IsOpen => Status is SessionStatus.Leased or SessionStatus.Started or SessionStatus.Charging;
}
