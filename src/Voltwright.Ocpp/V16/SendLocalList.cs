using Voltwright.Ocpp.V16.Types;

namespace Voltwright.Ocpp.V16;

/// <summary>Replaces the local authorisation list or changes entries of it. OCPP 1.6 §5.15, §6.41–6.42.</summary>
public sealed record SendLocalListRequest : IOcppRequest<SendLocalListResponse>
{
    public required int ListVersion { get; init; }
    public IReadOnlyList<AuthorizationData>? LocalAuthorizationList { get; init; }
    public required UpdateType UpdateType { get; init; }
}

/// <summary>Answers <see cref="SendLocalListRequest"/>.</summary>
public sealed record SendLocalListResponse
{
    public required UpdateStatus Status { get; init; }
}

public enum UpdateType
{
    Differential,
    Full,
}

public enum UpdateStatus
{
    Accepted,
    Failed,
    NotSupported,
    VersionMismatch,
}
