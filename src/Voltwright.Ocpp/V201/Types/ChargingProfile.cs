using Voltwright.Ocpp.Payloads;

namespace Voltwright.Ocpp.V201.Types;

/// <summary>A limit over time, stacked with others by purpose and level.</summary>
public sealed record ChargingProfile : Extensible
{
    public required int Id { get; init; }

    /// <summary>The higher level wins.</summary>
    [AtLeast(0, Only21 = true)] public required int StackLevel { get; init; }

    public required ChargingProfilePurpose ChargingProfilePurpose { get; init; }
    public required ChargingProfileKind ChargingProfileKind { get; init; }
    public RecurrencyKind? RecurrencyKind { get; init; }
    public DateTimeOffset? ValidFrom { get; init; }
    public DateTimeOffset? ValidTo { get; init; }
    [Items(1, 3)] public required IReadOnlyList<ChargingSchedule> ChargingSchedule { get; init; }

    /// <summary>Only with TxProfile.</summary>
    [Text(36)] public string? TransactionId { get; init; }

    [Since21] public int? MaxOfflineDuration { get; init; }
    [Since21] public bool? InvalidAfterOfflineDuration { get; init; }
    [Since21] public int? DynUpdateInterval { get; init; }
    [Since21] public DateTimeOffset? DynUpdateTime { get; init; }
    [Since21, Text(256)] public string? PriceScheduleSignature { get; init; }
}

public enum ChargingProfileKind
{
    Absolute,
    Recurring,
    Relative,
    [Since21] Dynamic,
}

public enum RecurrencyKind
{
    Daily,
    Weekly,
}
