using Voltwright.Ocpp.Payloads;

namespace Voltwright.Ocpp.V201.Types;

/// <summary>How to reach a mobile network.</summary>
public sealed record APN : Extensible
{
    [Text(512, In21 = 2000)] public required string Apn { get; init; }
    [Text(20, In21 = 50)] public string? ApnUserName { get; init; }
    [Text(20, In21 = 64)] public string? ApnPassword { get; init; }
    public int? SimPin { get; init; }
    [Text(6)] public string? PreferredNetwork { get; init; }
    public bool? UseOnlyPreferredNetwork { get; init; }
    public required APNAuthentication ApnAuthentication { get; init; }
}

public enum APNAuthentication
{
    PAP,
    CHAP,
    NONE,
    AUTO,
}
