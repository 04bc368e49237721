using Voltwright.Ocpp.Payloads;

namespace Voltwright.Ocpp.V16.Types;

/// <summary>A limit over time, stacked with others by purpose and level. OCPP 1.6 §7.8.</summary>
public sealed record ChargingProfile
{
    public required int ChargingProfileId { get; init; }

    /// <summary>Only with TxProfile.</summary>
    public int? TransactionId { get; init; }

    /// <summary>The higher level wins.</summary>
    [AtLeast(0)] public required int StackLevel { get; init; }

    public required ChargingProfilePurposeType ChargingProfilePurpose { get; init; }
    public required ChargingProfileKindType ChargingProfileKind { get; init; }
    public RecurrencyKindType? RecurrencyKind { get; init; }
    public DateTimeOffset? ValidFrom { get; init; }
    public DateTimeOffset? ValidTo { get; init; }
    public required ChargingSchedule ChargingSchedule { get; init; }
}

public enum ChargingProfileKindType
{
    Absolute,
    Recurring,
    Relative,
}

public enum RecurrencyKindType
{
    Daily,
    Weekly,
}
