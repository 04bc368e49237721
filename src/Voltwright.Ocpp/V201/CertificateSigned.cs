using Voltwright.Ocpp.Payloads;
using Voltwright.Ocpp.V201.Types;

namespace Voltwright.Ocpp.V201;

/// <summary>Brings the certificate that the station asked for with SignCertificate. OCPP 2.0.1 part 2, block A.</summary>
public sealed record CertificateSignedRequest : Extensible, IOcppRequest<CertificateSignedResponse>
{
    [Text(10000)] public required string CertificateChain { get; init; }
    public CertificateSigningUse? CertificateType { get; init; }
    [Since21] public int? RequestId { get; init; }
}

/// <summary>Answers <see cref="CertificateSignedRequest"/>.</summary>
public sealed record CertificateSignedResponse : Extensible
{
    public required CertificateSignedStatus Status { get; init; }
    public StatusInfo? StatusInfo { get; init; }
}

public enum CertificateSignedStatus
{
    Accepted,
    Rejected,
}
