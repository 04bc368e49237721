using Voltwright.Ocpp.Payloads;
using Voltwright.Ocpp.V21.Types;

namespace Voltwright.Ocpp.V21;

/// <summary>What became of a payment at the station's own terminal. OCPP 2.1 part 2, block I.</summary>
public sealed record NotifySettlementRequest : Extensible, IOcppRequest<NotifySettlementResponse>
{
    [Text(36)] public string? TransactionId { get; init; }
    [Text(255)] public required string PspRef { get; init; }
    public required PaymentStatus Status { get; init; }
    [Text(500)] public string? StatusInfo { get; init; }
    public required decimal SettlementAmount { get; init; }
    public required DateTimeOffset SettlementTime { get; init; }
    [Text(50)] public string? ReceiptId { get; init; }
    [Text(2000)] public string? ReceiptUrl { get; init; }
    public Address? VatCompany { get; init; }
    [Text(20)] public string? VatNumber { get; init; }
}

/// <summary>Answers <see cref="NotifySettlementRequest"/>.</summary>
public sealed record NotifySettlementResponse : Extensible
{
    [Text(2000)] public string? ReceiptUrl { get; init; }
    [Text(50)] public string? ReceiptId { get; init; }
}

public enum PaymentStatus
{
    Settled,
    Canceled,
    Rejected,
    Failed,
}
