using Voltwright.Ocpp.Payloads;

namespace Voltwright.Ocpp.V201.Types;

/// <summary>What the management system knows about a token.</summary>
public sealed record IdTokenInfo : Extensible
{
    public required AuthorizationStatus Status { get; init; }

    /// <summary>When the token leaves the station's cache.</summary>
    public DateTimeOffset? CacheExpiryDateTime { get; init; }

    public int? ChargingPriority { get; init; }
    [Text(8)] public string? Language1 { get; init; }
    [Items(1), AtLeast(0, Only21 = true)] public IReadOnlyList<int>? EvseId { get; init; }

    /// <summary>Tokens of one group may end each other's transactions.</summary>
    public IdToken? GroupIdToken { get; init; }

    [Text(8)] public string? Language2 { get; init; }
    public MessageContent? PersonalMessage { get; init; }
}

public enum AuthorizationStatus
{
    Accepted,
    Blocked,
    ConcurrentTx,
    Expired,
    Invalid,
    NoCredit,
    NotAllowedTypeEVSE,
    NotAtThisLocation,
    NotAtThisTime,
    Unknown,
}
