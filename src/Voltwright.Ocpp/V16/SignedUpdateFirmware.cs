using Voltwright.Ocpp.V16.Types;

namespace Voltwright.Ocpp.V16;

/// <summary>Asks the station to install signed firmware. OCPP 1.6 security whitepaper §5.21–5.22.</summary>
public sealed record SignedUpdateFirmwareRequest : IOcppRequest<SignedUpdateFirmwareResponse>
{
    public int? Retries { get; init; }

    /// <summary>Seconds.</summary>
    public int? RetryInterval { get; init; }

    public required int RequestId { get; init; }
    public required Firmware Firmware { get; init; }
}

/// <summary>Answers <see cref="SignedUpdateFirmwareRequest"/>.</summary>
public sealed record SignedUpdateFirmwareResponse
{
    public required UpdateFirmwareStatus Status { get; init; }
}

public enum UpdateFirmwareStatus
{
    Accepted,
    Rejected,
    AcceptedCanceled,
    InvalidCertificate,
    RevokedCertificate,
}
