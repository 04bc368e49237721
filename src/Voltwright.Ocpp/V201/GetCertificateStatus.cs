using Voltwright.Ocpp.Payloads;
using Voltwright.Ocpp.V201.Types;

namespace Voltwright.Ocpp.V201;

/// <summary>Asks whether a certificate is revoked. OCPP 2.0.1 part 2, block M.</summary>
public sealed record GetCertificateStatusRequest : Extensible, IOcppRequest<GetCertificateStatusResponse>
{
    public required OCSPRequestData OcspRequestData { get; init; }
}

/// <summary>Answers <see cref="GetCertificateStatusRequest"/>.</summary>
public sealed record GetCertificateStatusResponse : Extensible
{
    public required GetCertificateStatus Status { get; init; }
    public StatusInfo? StatusInfo { get; init; }
    [Text(5500, In21 = 18000)] public string? OcspResult { get; init; }
}

public enum GetCertificateStatus
{
    Accepted,
    Failed,
}
