using Voltwright.Ocpp.Payloads;
using Voltwright.Ocpp.V201.Types;
using Voltwright.Ocpp.V21.Types;

namespace Voltwright.Ocpp.V201;

/// <summary>The station asks whether a token, or a contract certificate, may charge. OCPP 2.0.1 part 2, block C.</summary>
public sealed record AuthorizeRequest : Extensible, IOcppRequest<AuthorizeResponse>
{
    public required IdToken IdToken { get; init; }
    [Text(5500, In21 = 10000)] public string? Certificate { get; init; }
    [Items(1, 4)] public IReadOnlyList<OCSPRequestData>? Iso15118CertificateHashData { get; init; }
}

/// <summary>Answers <see cref="AuthorizeRequest"/>.</summary>
public sealed record AuthorizeResponse : Extensible
{
    public required IdTokenInfo IdTokenInfo { get; init; }
    public AuthorizeCertificateStatus? CertificateStatus { get; init; }
    [Since21, Items(1)] public IReadOnlyList<EnergyTransferMode>? AllowedEnergyTransfer { get; init; }
    [Since21] public Tariff? Tariff { get; init; }
}

public enum AuthorizeCertificateStatus
{
    Accepted,
    SignatureError,
    CertificateExpired,
    CertificateRevoked,
    NoCertificateAvailable,
    CertChainError,
    ContractCancelled,
}
