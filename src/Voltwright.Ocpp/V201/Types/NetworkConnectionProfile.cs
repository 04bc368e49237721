using Voltwright.Ocpp.Payloads;

namespace Voltwright.Ocpp.V201.Types;

/// <summary>How to reach a management system.</summary>
public sealed record NetworkConnectionProfile : Extensible
{
    public APN? Apn { get; init; }
    [RequiredUntil21] public ProfileOcppVersion? OcppVersion { get; init; }
    public required OCPPTransport OcppTransport { get; init; }
    [Text(512, In21 = 2000)] public required string OcppCsmsUrl { get; init; }

    /// <summary>Seconds.</summary>
    public required int MessageTimeout { get; init; }

    [AtLeast(0, Only21 = true)] public required int SecurityProfile { get; init; }
    public required OCPPInterface OcppInterface { get; init; }
    public VPN? Vpn { get; init; }
    [Since21, Text(48)] public string? Identity { get; init; }
    [Since21, Text(64)] public string? BasicAuthPassword { get; init; }
}

public enum OCPPInterface
{
    Wired0,
    Wired1,
    Wired2,
    Wired3,
    Wireless0,
    Wireless1,
    Wireless2,
    Wireless3,
    [Since21] Any,
}

public enum OCPPTransport
{
    SOAP,
    JSON,
}

public enum ProfileOcppVersion
{
    OCPP12,
    OCPP15,
    OCPP16,
    OCPP20,
    [Since21] OCPP201,
    [Since21] OCPP21,
}
