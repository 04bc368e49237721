using Voltwright.Ocpp.Payloads;
using Voltwright.Ocpp.V201.Types;

namespace Voltwright.Ocpp.V201;

/// <summary>A limit that came from elsewhere no longer holds. OCPP 2.0.1 part 2, block K.</summary>
public sealed record ClearedChargingLimitRequest : Extensible, IOcppRequest<ClearedChargingLimitResponse>
{
    [Text(20), ChoiceUntil21(typeof(ChargingLimitSource))] public required string ChargingLimitSource { get; init; }
    [AtLeast(0, Only21 = true)] public int? EvseId { get; init; }
}

/// <summary>Answers <see cref="ClearedChargingLimitRequest"/>.</summary>
public sealed record ClearedChargingLimitResponse : Extensible;
