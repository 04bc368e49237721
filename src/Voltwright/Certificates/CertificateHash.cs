namespace Voltwright.Certificates;

/// <summary>How stations name the certificates they have.</summary>
/// <param name="HashAlgorithm"><c>SHA256</c>, <c>SHA384</c> or <c>SHA512</c>.</param>
/// <param name="SerialNumber">Hexadecimal, without leading zeroes.</param>
[GenerateSerializer, Immutable]
public sealed record CertificateHash(string HashAlgorithm, string IssuerNameHash, string IssuerKeyHash, string SerialNumber);
