using Voltwright.Ocpp.Payloads;
using Voltwright.Ocpp.V16.Types;

namespace Voltwright.Ocpp.V16;

/// <summary>A transaction has ended: a fact, always taken note of. OCPP 1.6 §4.10, §6.49–6.50.</summary>
public sealed record StopTransactionRequest : IOcppRequest<StopTransactionResponse>
{
    /// <summary>Who stopped it, if somebody presented a token.</summary>
    [Text(20)] public string? IdTag { get; init; }

    /// <summary>Wh.</summary>
    public required int MeterStop { get; init; }

    public required DateTimeOffset Timestamp { get; init; }
    public required int TransactionId { get; init; }

    /// <summary>Absent means Local.</summary>
    public Reason? Reason { get; init; }

    public IReadOnlyList<MeterValue>? TransactionData { get; init; }
}

/// <summary>Answers <see cref="StopTransactionRequest"/>.</summary>
public sealed record StopTransactionResponse
{
    public IdTagInfo? IdTagInfo { get; init; }
}
