using Voltwright.Ocpp.Payloads;
using Voltwright.Ocpp.V201.Types;

namespace Voltwright.Ocpp.V201;

/// <summary>Asks the station to end a transaction. OCPP 2.0.1 part 2, block F.</summary>
public sealed record RequestStopTransactionRequest : Extensible, IOcppRequest<RequestStopTransactionResponse>
{
    [Text(36)] public required string TransactionId { get; init; }
}

/// <summary>Answers <see cref="RequestStopTransactionRequest"/>.</summary>
public sealed record RequestStopTransactionResponse : Extensible
{
    public required RequestStartStopStatus Status { get; init; }
    public StatusInfo? StatusInfo { get; init; }
}
