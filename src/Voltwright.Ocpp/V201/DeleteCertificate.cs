using Voltwright.Ocpp.V201.Types;

namespace Voltwright.Ocpp.V201;

/// <summary>Removes an installed certificate. OCPP 2.0.1 part 2, block M.</summary>
public sealed record DeleteCertificateRequest : Extensible, IOcppRequest<DeleteCertificateResponse>
{
    public required CertificateHashData CertificateHashData { get; init; }
}

/// <summary>Answers <see cref="DeleteCertificateRequest"/>.</summary>
public sealed record DeleteCertificateResponse : Extensible
{
    public required DeleteCertificateStatus Status { get; init; }
    public StatusInfo? StatusInfo { get; init; }
}

public enum DeleteCertificateStatus
{
    Accepted,
    Failed,
    NotFound,
}
