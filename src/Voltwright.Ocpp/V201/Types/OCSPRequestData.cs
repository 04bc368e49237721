using Voltwright.Ocpp.Payloads;

namespace Voltwright.Ocpp.V201.Types;

/// <summary>Hashes of a certificate, and who can tell whether it is revoked.</summary>
public sealed record OCSPRequestData : Extensible
{
    public required HashAlgorithm HashAlgorithm { get; init; }
    [Text(128)] public required string IssuerNameHash { get; init; }
    [Text(128)] public required string IssuerKeyHash { get; init; }
    [Text(40)] public required string SerialNumber { get; init; }
    [Text(512, In21 = 2000)] public required string ResponderURL { get; init; }
}
