using Voltwright.Ocpp.Payloads;
using Voltwright.Ocpp.V16.Types;

namespace Voltwright.Ocpp.V16;

/// <summary>
/// Removes the charging profiles that match every criterion given; no criterion removes all. OCPP 1.6 §5.5, §6.13–6.14.
/// </summary>
public sealed record ClearChargingProfileRequest : IOcppRequest<ClearChargingProfileResponse>
{
    public int? Id { get; init; }
    [AtLeast(0)] public int? ConnectorId { get; init; }
    public ChargingProfilePurposeType? ChargingProfilePurpose { get; init; }
    [AtLeast(0)] public int? StackLevel { get; init; }
}

/// <summary>Answers <see cref="ClearChargingProfileRequest"/>.</summary>
public sealed record ClearChargingProfileResponse
{
    public required ClearChargingProfileStatus Status { get; init; }
}

public enum ClearChargingProfileStatus
{
    Accepted,
    Unknown,
}
