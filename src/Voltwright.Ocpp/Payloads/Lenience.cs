namespace Voltwright.Ocpp.Payloads;

/// <summary>What is accepted although the schemas forbid it: the one place where this is decided.</summary>
public sealed record Lenience
{
    /// <summary>Exactly what the schemas allow.</summary>
    public static Lenience None { get; } = new();

    /// <summary>Also what stations in the field are known to send without harm.</summary>
    public static Lenience Field { get; } = new() { NullForAbsent = true, TimesWithoutZone = true };

    /// <summary>An optional field may be <c>null</c> instead of absent.</summary>
    public bool NullForAbsent { get; init; }

    /// <summary>A time without a zone is UTC, which OCPP 1.6 §3.14 recommends stations to use.</summary>
    public bool TimesWithoutZone { get; init; }

    /// <summary>Fields that the action does not have are skipped.</summary>
    public bool UnknownFields { get; init; }
}
