using Voltwright.Ocpp.Payloads;

namespace Voltwright.Ocpp.V201;

/// <summary>Ends the offer of published firmware. OCPP 2.0.1 part 2, block L.</summary>
public sealed record UnpublishFirmwareRequest : Extensible, IOcppRequest<UnpublishFirmwareResponse>
{
    [Text(32)] public required string Checksum { get; init; }
}

/// <summary>Answers <see cref="UnpublishFirmwareRequest"/>.</summary>
public sealed record UnpublishFirmwareResponse : Extensible
{
    public required UnpublishFirmwareStatus Status { get; init; }
}

public enum UnpublishFirmwareStatus
{
    DownloadOngoing,
    NoFirmware,
    Unpublished,
}
