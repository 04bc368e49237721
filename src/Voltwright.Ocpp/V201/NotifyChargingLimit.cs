using Voltwright.Ocpp.Payloads;
using Voltwright.Ocpp.V201.Types;

namespace Voltwright.Ocpp.V201;

/// <summary>A limit from elsewhere holds, such as one of the grid operator. OCPP 2.0.1 part 2, block K.</summary>
public sealed record NotifyChargingLimitRequest : Extensible, IOcppRequest<NotifyChargingLimitResponse>
{
    [Items(1)] public IReadOnlyList<ChargingSchedule>? ChargingSchedule { get; init; }
    [AtLeast(0, Only21 = true)] public int? EvseId { get; init; }
    public required ChargingLimit ChargingLimit { get; init; }
}

/// <summary>Answers <see cref="NotifyChargingLimitRequest"/>.</summary>
public sealed record NotifyChargingLimitResponse : Extensible;
