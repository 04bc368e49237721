using Voltwright.Ocpp.Payloads;
using Voltwright.Ocpp.V201.Types;

namespace Voltwright.Ocpp.V201;

/// <summary>Asks which certificates are installed. OCPP 2.0.1 part 2, block M.</summary>
public sealed record GetInstalledCertificateIdsRequest : Extensible, IOcppRequest<GetInstalledCertificateIdsResponse>
{
    [Items(1)] public IReadOnlyList<GetCertificateIdUse>? CertificateType { get; init; }
}

/// <summary>Answers <see cref="GetInstalledCertificateIdsRequest"/>.</summary>
public sealed record GetInstalledCertificateIdsResponse : Extensible
{
    public required GetInstalledCertificateStatus Status { get; init; }
    public StatusInfo? StatusInfo { get; init; }
    [Items(1)] public IReadOnlyList<CertificateHashDataChain>? CertificateHashDataChain { get; init; }
}

public enum GetInstalledCertificateStatus
{
    Accepted,
    NotFound,
}
