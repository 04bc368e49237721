using Voltwright.Ocpp.Payloads;

namespace Voltwright.Ocpp.V201.Types;

/// <summary>Where firmware is, when to fetch and install it, and its signature.</summary>
public sealed record Firmware : Extensible
{
    [Text(512, In21 = 2000)] public required string Location { get; init; }
    public required DateTimeOffset RetrieveDateTime { get; init; }
    public DateTimeOffset? InstallDateTime { get; init; }
    [Text(5500)] public string? SigningCertificate { get; init; }
    [Text(800)] public string? Signature { get; init; }
}
