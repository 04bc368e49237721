using System.Text.Json.Serialization;

namespace Voltwright.Certificates;

/// <summary>A certificate that a station was given: <c>certificate/{serial}</c>.</summary>
/// <param name="Serial">Hexadecimal.</param>
/// <param name="Use"><c>station</c> (its own, for TLS to us) or <c>v2g</c> (to vehicles).</param>
/// <param name="Fingerprint">SHA-256 of the certificate, hexadecimal.</param>
/// <param name="Chain">PEM, leaf first.</param>
/// <param name="RequestId">What the station calls its request by, where its version has a word for it.</param>
/// <param name="Problem">What the station answered when it did not take the certificate.</param>
public sealed record StationCertificate(
    string Serial, string StationId, string Use, string Subject, DateTimeOffset NotBefore, DateTimeOffset NotAfter, string Fingerprint,
    string Chain, CertificateStatus Status, DateTimeOffset IssuedAt, DateTimeOffset? DeliveredAt = null, DateTimeOffset? RevokedAt = null,
    string? Problem = null, int? RequestId = null)
{
    public const string OfStation = "station";
    public const string V2g = "v2g";

    public static IReadOnlyList<string> Uses { get; } = [OfStation, V2g];
}

[JsonConverter(typeof(KebabCase<CertificateStatus>))]
public enum CertificateStatus
{
    /// <summary>Signed; the station has not taken it yet.</summary>
    Issued,
    Delivered,

    /// <summary>The station would not have it.</summary>
    Refused,
    Revoked,
}

/// <summary>The newest certificate of a station for a use: <c>station-certificate/{stationId}</c>, <c>v2g-certificate/{stationId}</c>.</summary>
public sealed record CertificatePointer(string Serial);

/// <summary>The answer to a request for a certificate; the certificate itself follows.</summary>
[GenerateSerializer, Immutable]
public sealed record CertificateAnswer(bool Accepted, string? Problem);
