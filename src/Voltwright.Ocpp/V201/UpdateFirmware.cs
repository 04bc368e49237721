using Voltwright.Ocpp.Payloads;
using Voltwright.Ocpp.V201.Types;

namespace Voltwright.Ocpp.V201;

/// <summary>Has the station fetch and install firmware. OCPP 2.0.1 part 2, block L.</summary>
public sealed record UpdateFirmwareRequest : Extensible, IOcppRequest<UpdateFirmwareResponse>
{
    [AtLeast(0, Only21 = true)] public int? Retries { get; init; }

    /// <summary>Seconds.</summary>
    public int? RetryInterval { get; init; }

    public required int RequestId { get; init; }
    public required Firmware Firmware { get; init; }
}

/// <summary>Answers <see cref="UpdateFirmwareRequest"/>.</summary>
public sealed record UpdateFirmwareResponse : Extensible
{
    public required UpdateFirmwareStatus Status { get; init; }
    public StatusInfo? StatusInfo { get; init; }
}

public enum UpdateFirmwareStatus
{
    Accepted,
    Rejected,
    AcceptedCanceled,
    InvalidCertificate,
    RevokedCertificate,
}
