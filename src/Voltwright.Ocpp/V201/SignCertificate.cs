using Voltwright.Ocpp.Payloads;
using Voltwright.Ocpp.V201.Types;

namespace Voltwright.Ocpp.V201;

/// <summary>The station asks for its certificate to be signed. OCPP 2.0.1 part 2, block A.</summary>
public sealed record SignCertificateRequest : Extensible, IOcppRequest<SignCertificateResponse>
{
    [Text(5500)] public required string Csr { get; init; }
    public CertificateSigningUse? CertificateType { get; init; }
    [Since21] public CertificateHashData? HashRootCertificate { get; init; }
    [Since21] public int? RequestId { get; init; }
}

/// <summary>Answers <see cref="SignCertificateRequest"/>.</summary>
public sealed record SignCertificateResponse : Extensible
{
    public required GenericStatus Status { get; init; }
    public StatusInfo? StatusInfo { get; init; }
}
