using Voltwright.Ocpp.Payloads;

namespace Voltwright.Ocpp.V16;

/// <summary>Brings the certificate that a SignCertificate asked for. OCPP 1.6 security whitepaper §5.1–5.2.</summary>
public sealed record CertificateSignedRequest : IOcppRequest<CertificateSignedResponse>
{
    /// <summary>PEM, leaf first.</summary>
    [Text(10000)] public required string CertificateChain { get; init; }
}

/// <summary>Answers <see cref="CertificateSignedRequest"/>.</summary>
public sealed record CertificateSignedResponse
{
    public required CertificateSignedStatus Status { get; init; }
}

public enum CertificateSignedStatus
{
    Accepted,
    Rejected,
}
