using Voltwright.Ocpp.V16.Types;

namespace Voltwright.Ocpp.V16;

/// <summary>
/// Asks the station to stop a transaction. Accepted is an intent: the fact is a StopTransaction. OCPP 1.6 §5.12,
/// §6.35–6.36.
/// </summary>
public sealed record RemoteStopTransactionRequest : IOcppRequest<RemoteStopTransactionResponse>
{
    public required int TransactionId { get; init; }
}

/// <summary>Answers <see cref="RemoteStopTransactionRequest"/>.</summary>
public sealed record RemoteStopTransactionResponse
{
    public required RemoteStartStopStatus Status { get; init; }
}
