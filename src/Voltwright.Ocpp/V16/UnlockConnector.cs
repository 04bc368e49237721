using Voltwright.Ocpp.Payloads;

namespace Voltwright.Ocpp.V16;

/// <summary>Releases a cable that is stuck; ends a running transaction first. OCPP 1.6 §5.18, §6.53–6.54.</summary>
public sealed record UnlockConnectorRequest : IOcppRequest<UnlockConnectorResponse>
{
    [AtLeast(1)] public required int ConnectorId { get; init; }
}

/// <summary>Answers <see cref="UnlockConnectorRequest"/>.</summary>
public sealed record UnlockConnectorResponse
{
    public required UnlockStatus Status { get; init; }
}

public enum UnlockStatus
{
    Unlocked,
    UnlockFailed,
    NotSupported,
}
