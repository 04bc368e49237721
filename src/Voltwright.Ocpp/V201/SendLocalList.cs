using Voltwright.Ocpp.Payloads;
using Voltwright.Ocpp.V201.Types;

namespace Voltwright.Ocpp.V201;

/// <summary>Replaces or changes the local authorization list. OCPP 2.0.1 part 2, block D.</summary>
public sealed record SendLocalListRequest : Extensible, IOcppRequest<SendLocalListResponse>
{
    [Items(1)] public IReadOnlyList<AuthorizationData>? LocalAuthorizationList { get; init; }
    public required int VersionNumber { get; init; }
    public required UpdateType UpdateType { get; init; }
}

/// <summary>Answers <see cref="SendLocalListRequest"/>.</summary>
public sealed record SendLocalListResponse : Extensible
{
    public required SendLocalListStatus Status { get; init; }
    public StatusInfo? StatusInfo { get; init; }
}

public enum SendLocalListStatus
{
    Accepted,
    Failed,
    VersionMismatch,
}

public enum UpdateType
{
    Differential,
    Full,
}
