using Voltwright.Ocpp.Payloads;

namespace Voltwright.Ocpp.V16.Types;

/// <summary>A signed firmware image. OCPP 1.6 security whitepaper §6.9.</summary>
public sealed record Firmware
{
    [Text(512)] public required string Location { get; init; }
    public required DateTimeOffset RetrieveDateTime { get; init; }
    public DateTimeOffset? InstallDateTime { get; init; }

    /// <summary>PEM.</summary>
    [Text(5500)] public required string SigningCertificate { get; init; }

    /// <summary>Base64.</summary>
    [Text(800)] public required string Signature { get; init; }
}
