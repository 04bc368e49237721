using Voltwright.Ocpp.Payloads;

namespace Voltwright.Ocpp.V201.Types;

/// <summary>Hashes by which a certificate is told apart.</summary>
public sealed record CertificateHashData : Extensible
{
    public required HashAlgorithm HashAlgorithm { get; init; }
    [Text(128)] public required string IssuerNameHash { get; init; }
    [Text(128)] public required string IssuerKeyHash { get; init; }
    [Text(40)] public required string SerialNumber { get; init; }
}
