using Voltwright.Ocpp.Payloads;
using Voltwright.Ocpp.V21.Types;

namespace Voltwright.Ocpp.V21;

/// <summary>Asks whether certificates are revoked, several at once. OCPP 2.1 part 2, block M.</summary>
public sealed record GetCertificateChainStatusRequest : Extensible, IOcppRequest<GetCertificateChainStatusResponse>
{
    [Items(1, 4)] public required IReadOnlyList<CertificateStatusRequestInfo> CertificateStatusRequests { get; init; }
}

/// <summary>Answers <see cref="GetCertificateChainStatusRequest"/>.</summary>
public sealed record GetCertificateChainStatusResponse : Extensible
{
    [Items(1, 4)] public required IReadOnlyList<CertificateStatus> CertificateStatus { get; init; }
}
