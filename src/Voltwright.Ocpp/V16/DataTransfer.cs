using Voltwright.Ocpp.Payloads;

namespace Voltwright.Ocpp.V16;

/// <summary>Carries what a vendor added to the protocol; both ends may send it. OCPP 1.6 §4.3, §5.6, §6.15–6.16.</summary>
public sealed record DataTransferRequest : IOcppRequest<DataTransferResponse>
{
    [Text(255)] public required string VendorId { get; init; }
    [Text(50)] public string? MessageId { get; init; }

    /// <summary>Any text; JSON travels as a string.</summary>
    public string? Data { get; init; }
}

/// <summary>Answers <see cref="DataTransferRequest"/>.</summary>
public sealed record DataTransferResponse
{
    public required DataTransferStatus Status { get; init; }
    public string? Data { get; init; }
}

public enum DataTransferStatus
{
    Accepted,
    Rejected,
    UnknownMessageId,
    UnknownVendorId,
}
