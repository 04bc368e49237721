using Voltwright.Ocpp.Payloads;
using Voltwright.Ocpp.V201.Types;

namespace Voltwright.Ocpp.V201;

/// <summary>Installs a root certificate. OCPP 2.0.1 part 2, block M.</summary>
public sealed record InstallCertificateRequest : Extensible, IOcppRequest<InstallCertificateResponse>
{
    public required InstallCertificateUse CertificateType { get; init; }
    [Text(5500, In21 = 10000)] public required string Certificate { get; init; }
}

/// <summary>Answers <see cref="InstallCertificateRequest"/>.</summary>
public sealed record InstallCertificateResponse : Extensible
{
    public required InstallCertificateStatus Status { get; init; }
    public StatusInfo? StatusInfo { get; init; }
}

public enum InstallCertificateStatus
{
    Accepted,
    Rejected,
    Failed,
}

public enum InstallCertificateUse
{
    V2GRootCertificate,
    MORootCertificate,
    ManufacturerRootCertificate,
    CSMSRootCertificate,
    [Since21] OEMRootCertificate,
}
