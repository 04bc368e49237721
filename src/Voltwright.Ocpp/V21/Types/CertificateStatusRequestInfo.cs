using Voltwright.Ocpp.Payloads;
using Voltwright.Ocpp.V201.Types;

namespace Voltwright.Ocpp.V21.Types;

/// <summary>A certificate, and where its state can be asked for.</summary>
public sealed record CertificateStatusRequestInfo : Extensible
{
    public required CertificateHashData CertificateHashData { get; init; }
    public required CertificateStatusSource Source { get; init; }
    [Items(1, 5), Text(2000)] public required IReadOnlyList<string> Urls { get; init; }
}
