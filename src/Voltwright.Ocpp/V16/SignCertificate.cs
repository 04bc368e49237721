using Voltwright.Ocpp.Payloads;

namespace Voltwright.Ocpp.V16;

/// <summary>Asks for a certificate for the station's key. OCPP 1.6 security whitepaper §5.17–5.18.</summary>
public sealed record SignCertificateRequest : IOcppRequest<SignCertificateResponse>
{
    /// <summary>PEM.</summary>
    [Text(5500)] public required string Csr { get; init; }
}

/// <summary>Answers <see cref="SignCertificateRequest"/>.</summary>
public sealed record SignCertificateResponse
{
    public required GenericStatus Status { get; init; }
}

public enum GenericStatus
{
    Accepted,
    Rejected,
}
