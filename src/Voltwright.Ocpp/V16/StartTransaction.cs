using Voltwright.Ocpp.Payloads;
using Voltwright.Ocpp.V16.Types;

namespace Voltwright.Ocpp.V16;

/// <summary>
/// A transaction has started: a fact, always taken note of; a doubt about the token goes into the answer's idTagInfo.
/// OCPP 1.6 §4.8, §6.45–6.46.
/// </summary>
public sealed record StartTransactionRequest : IOcppRequest<StartTransactionResponse>
{
    [AtLeast(1)] public required int ConnectorId { get; init; }
    [Text(20)] public required string IdTag { get; init; }

    /// <summary>Wh.</summary>
    public required int MeterStart { get; init; }

    /// <summary>The reservation that this transaction uses up.</summary>
    public int? ReservationId { get; init; }

    public required DateTimeOffset Timestamp { get; init; }
}

/// <summary>Answers <see cref="StartTransactionRequest"/>.</summary>
public sealed record StartTransactionResponse
{
    public required IdTagInfo IdTagInfo { get; init; }

    /// <summary>Assigned by the management system.</summary>
    public required int TransactionId { get; init; }
}
