using Voltwright.Ocpp.Payloads;
using Voltwright.Ocpp.V16.Types;

namespace Voltwright.Ocpp.V16;

/// <summary>Asks which root certificates of one use are installed. OCPP 1.6 security whitepaper §5.7–5.8.</summary>
public sealed record GetInstalledCertificateIdsRequest : IOcppRequest<GetInstalledCertificateIdsResponse>
{
    public required CertificateUse CertificateType { get; init; }
}

/// <summary>Answers <see cref="GetInstalledCertificateIdsRequest"/>.</summary>
public sealed record GetInstalledCertificateIdsResponse
{
    [Items(1)] public IReadOnlyList<CertificateHashData>? CertificateHashData { get; init; }
    public required GetInstalledCertificateStatus Status { get; init; }
}

public enum GetInstalledCertificateStatus
{
    Accepted,
    NotFound,
}
