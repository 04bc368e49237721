using Voltwright.Ocpp.Payloads;

namespace Voltwright.Ocpp.V201;

/// <summary>Asks whether a transaction goes on and whether messages about it still wait. OCPP 2.0.1 part 2, block E.</summary>
public sealed record GetTransactionStatusRequest : Extensible, IOcppRequest<GetTransactionStatusResponse>
{
    [Text(36)] public string? TransactionId { get; init; }
}

/// <summary>Answers <see cref="GetTransactionStatusRequest"/>.</summary>
public sealed record GetTransactionStatusResponse : Extensible
{
    public bool? OngoingIndicator { get; init; }
    public required bool MessagesInQueue { get; init; }
}
