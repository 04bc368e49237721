using Voltwright.Ocpp.V201.Types;

namespace Voltwright.Ocpp.V201;

/// <summary>Stores how to reach a management system, in a slot of the station. OCPP 2.0.1 part 2, block B.</summary>
public sealed record SetNetworkProfileRequest : Extensible, IOcppRequest<SetNetworkProfileResponse>
{
    public required int ConfigurationSlot { get; init; }
    public required NetworkConnectionProfile ConnectionData { get; init; }
}

/// <summary>Answers <see cref="SetNetworkProfileRequest"/>.</summary>
public sealed record SetNetworkProfileResponse : Extensible
{
    public required SetNetworkProfileStatus Status { get; init; }
    public StatusInfo? StatusInfo { get; init; }
}

public enum SetNetworkProfileStatus
{
    Accepted,
    Rejected,
    Failed,
}
