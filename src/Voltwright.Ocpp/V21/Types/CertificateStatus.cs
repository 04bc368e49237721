using Voltwright.Ocpp.V201.Types;

namespace Voltwright.Ocpp.V21.Types;

/// <summary>Whether a certificate is revoked.</summary>
public sealed record CertificateStatus : Extensible
{
    public required CertificateHashData CertificateHashData { get; init; }
    public required CertificateStatusSource Source { get; init; }
    public required RevocationStatus Status { get; init; }
    public required DateTimeOffset NextUpdate { get; init; }
}

public enum RevocationStatus
{
    Good,
    Revoked,
    Unknown,
    Failed,
}
