using Voltwright.Ocpp.V16.Types;

namespace Voltwright.Ocpp.V16;

/// <summary>Removes one root certificate from the station. OCPP 1.6 security whitepaper §5.3–5.4.</summary>
public sealed record DeleteCertificateRequest : IOcppRequest<DeleteCertificateResponse>
{
    public required CertificateHashData CertificateHashData { get; init; }
}

/// <summary>Answers <see cref="DeleteCertificateRequest"/>.</summary>
public sealed record DeleteCertificateResponse
{
    public required DeleteCertificateStatus Status { get; init; }
}

public enum DeleteCertificateStatus
{
    Accepted,
    Failed,
    NotFound,
}
