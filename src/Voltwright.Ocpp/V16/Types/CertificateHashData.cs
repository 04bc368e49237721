using Voltwright.Ocpp.Payloads;

namespace Voltwright.Ocpp.V16.Types;

/// <summary>Names a certificate by its hashes. OCPP 1.6 security whitepaper §6.1.</summary>
public sealed record CertificateHashData
{
    public required HashAlgorithm HashAlgorithm { get; init; }
    [Text(128)] public required string IssuerNameHash { get; init; }
    [Text(128)] public required string IssuerKeyHash { get; init; }

    /// <summary>Hexadecimal, no leading zeroes.</summary>
    [Text(40)] public required string SerialNumber { get; init; }
}

public enum HashAlgorithm
{
    SHA256,
    SHA384,
    SHA512,
}
