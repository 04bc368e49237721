using Voltwright.Ocpp.Payloads;

namespace Voltwright.Ocpp.V201.Types;

/// <summary>An installed certificate with those that it was signed by.</summary>
public sealed record CertificateHashDataChain : Extensible
{
    public required CertificateHashData CertificateHashData { get; init; }
    public required GetCertificateIdUse CertificateType { get; init; }
    [Items(1, 4)] public IReadOnlyList<CertificateHashData>? ChildCertificateHashData { get; init; }
}
