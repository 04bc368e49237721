using Voltwright.Ocpp.Payloads;
using Voltwright.Ocpp.V16.Types;

namespace Voltwright.Ocpp.V16;

/// <summary>Installs a root certificate. OCPP 1.6 security whitepaper §5.11–5.12.</summary>
public sealed record InstallCertificateRequest : IOcppRequest<InstallCertificateResponse>
{
    public required CertificateUse CertificateType { get; init; }

    /// <summary>PEM.</summary>
    [Text(5500)] public required string Certificate { get; init; }
}

/// <summary>Answers <see cref="InstallCertificateRequest"/>.</summary>
public sealed record InstallCertificateResponse
{
    public required CertificateStatus Status { get; init; }
}

public enum CertificateStatus
{
    Accepted,
    Failed,
    Rejected,
}
