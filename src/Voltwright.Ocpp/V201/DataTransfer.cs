using System.Text.Json;
using Voltwright.Ocpp.Payloads;
using Voltwright.Ocpp.V201.Types;

namespace Voltwright.Ocpp.V201;

/// <summary>Carries what a vendor added to the protocol; both ends may send it. OCPP 2.0.1 part 2, block P.</summary>
public sealed record DataTransferRequest : Extensible, IOcppRequest<DataTransferResponse>
{
    [Text(50)] public string? MessageId { get; init; }
    public JsonElement? Data { get; init; }
    [Text(255)] public required string VendorId { get; init; }
}

/// <summary>Answers <see cref="DataTransferRequest"/>.</summary>
public sealed record DataTransferResponse : Extensible
{
    public required DataTransferStatus Status { get; init; }
    public StatusInfo? StatusInfo { get; init; }
    public JsonElement? Data { get; init; }
}

public enum DataTransferStatus
{
    Accepted,
    Rejected,
    UnknownMessageId,
    UnknownVendorId,
}
