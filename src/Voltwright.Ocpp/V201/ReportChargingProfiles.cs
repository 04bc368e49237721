using Voltwright.Ocpp.Payloads;
using Voltwright.Ocpp.V201.Types;

namespace Voltwright.Ocpp.V201;

/// <summary>A part of the profiles asked for. OCPP 2.0.1 part 2, block K.</summary>
public sealed record ReportChargingProfilesRequest : Extensible, IOcppRequest<ReportChargingProfilesResponse>
{
    public required int RequestId { get; init; }
    [Text(20), ChoiceUntil21(typeof(ChargingLimitSource))] public required string ChargingLimitSource { get; init; }
    [Items(1)] public required IReadOnlyList<ChargingProfile> ChargingProfile { get; init; }
    public bool? Tbc { get; init; }
    [AtLeast(0, Only21 = true)] public required int EvseId { get; init; }
}

/// <summary>Answers <see cref="ReportChargingProfilesRequest"/>.</summary>
public sealed record ReportChargingProfilesResponse : Extensible;
