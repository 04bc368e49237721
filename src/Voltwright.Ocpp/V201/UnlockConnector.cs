using Voltwright.Ocpp.Payloads;
using Voltwright.Ocpp.V201.Types;

namespace Voltwright.Ocpp.V201;

/// <summary>Releases a stuck cable; refused while an authorized transaction runs. OCPP 2.0.1 part 2, block F.</summary>
public sealed record UnlockConnectorRequest : Extensible, IOcppRequest<UnlockConnectorResponse>
{
    [AtLeast(0, Only21 = true)] public required int EvseId { get; init; }
    [AtLeast(0, Only21 = true)] public required int ConnectorId { get; init; }
}

/// <summary>Answers <see cref="UnlockConnectorRequest"/>.</summary>
public sealed record UnlockConnectorResponse : Extensible
{
    public required UnlockStatus Status { get; init; }
    public StatusInfo? StatusInfo { get; init; }
}

public enum UnlockStatus
{
    Unlocked,
    UnlockFailed,
    OngoingAuthorizedTransaction,
    UnknownConnector,
}
