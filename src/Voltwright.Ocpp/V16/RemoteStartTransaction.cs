using Voltwright.Ocpp.Payloads;
using Voltwright.Ocpp.V16.Types;

namespace Voltwright.Ocpp.V16;

/// <summary>
/// Asks the station to start a transaction. Accepted is an intent: the fact is a StartTransaction. OCPP 1.6 §5.11,
/// §6.33–6.34.
/// </summary>
public sealed record RemoteStartTransactionRequest : IOcppRequest<RemoteStartTransactionResponse>
{
    [AtLeast(1)] public int? ConnectorId { get; init; }
    [Text(20)] public required string IdTag { get; init; }

    /// <summary>Its purpose must be TxProfile.</summary>
    public ChargingProfile? ChargingProfile { get; init; }
}

/// <summary>Answers <see cref="RemoteStartTransactionRequest"/>.</summary>
public sealed record RemoteStartTransactionResponse
{
    public required RemoteStartStopStatus Status { get; init; }
}
