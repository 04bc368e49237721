using Voltwright.Ocpp.Payloads;
using Voltwright.Ocpp.V201.Types;

namespace Voltwright.Ocpp.V201;

/// <summary>
/// Asks the station to start a transaction; consent is an intent, the fact follows as TransactionEvent. OCPP 2.0.1 part 2, block F.
/// </summary>
public sealed record RequestStartTransactionRequest : Extensible, IOcppRequest<RequestStartTransactionResponse>
{
    [AtLeast(1, Only21 = true)] public int? EvseId { get; init; }
    public IdToken? GroupIdToken { get; init; }
    public required IdToken IdToken { get; init; }

    /// <summary>Comes back in the transaction's first events.</summary>
    public required int RemoteStartId { get; init; }

    public ChargingProfile? ChargingProfile { get; init; }
}

/// <summary>Answers <see cref="RequestStartTransactionRequest"/>.</summary>
public sealed record RequestStartTransactionResponse : Extensible
{
    public required RequestStartStopStatus Status { get; init; }
    public StatusInfo? StatusInfo { get; init; }
    [Text(36)] public string? TransactionId { get; init; }
}
