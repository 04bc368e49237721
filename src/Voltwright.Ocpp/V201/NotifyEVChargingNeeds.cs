using Voltwright.Ocpp.Payloads;
using Voltwright.Ocpp.V201.Types;

namespace Voltwright.Ocpp.V201;

/// <summary>What a car wants, by ISO 15118. OCPP 2.0.1 part 2, block K.</summary>
public sealed record NotifyEVChargingNeedsRequest : Extensible, IOcppRequest<NotifyEVChargingNeedsResponse>
{
    [AtLeast(0, Only21 = true)] public int? MaxScheduleTuples { get; init; }
    public required ChargingNeeds ChargingNeeds { get; init; }
    [AtLeast(1, Only21 = true)] public required int EvseId { get; init; }
    [Since21] public DateTimeOffset? Timestamp { get; init; }
}

/// <summary>Answers <see cref="NotifyEVChargingNeedsRequest"/>.</summary>
public sealed record NotifyEVChargingNeedsResponse : Extensible
{
    public required NotifyEVChargingNeedsStatus Status { get; init; }
    public StatusInfo? StatusInfo { get; init; }
}

public enum NotifyEVChargingNeedsStatus
{
    Accepted,
    Rejected,
    Processing,
    [Since21] NoChargingProfile,
}
