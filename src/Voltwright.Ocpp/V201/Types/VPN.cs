using Voltwright.Ocpp.Payloads;

namespace Voltwright.Ocpp.V201.Types;

/// <summary>A virtual private network to go through.</summary>
public sealed record VPN : Extensible
{
    [Text(512, In21 = 2000)] public required string Server { get; init; }
    [Text(20, In21 = 50)] public required string User { get; init; }
    [Text(20, In21 = 50)] public string? Group { get; init; }
    [Text(20, In21 = 64)] public required string Password { get; init; }
    [Text(255)] public required string Key { get; init; }
    public required VPNType Type { get; init; }
}

public enum VPNType
{
    IKEv2,
    IPSec,
    L2TP,
    PPTP,
}
