using Voltwright.Ocpp.Payloads;

namespace Voltwright.Ocpp.V16.Types;

/// <summary>What the management system knows about a token. OCPP 1.6 §7.27.</summary>
public sealed record IdTagInfo
{
    /// <summary>When the token leaves the station's cache.</summary>
    public DateTimeOffset? ExpiryDate { get; init; }

    /// <summary>Tokens of one parent may end each other's transactions.</summary>
    [Text(20)] public string? ParentIdTag { get; init; }

    public required AuthorizationStatus Status { get; init; }
}

public enum AuthorizationStatus
{
    Accepted,
    Blocked,
    Expired,
    Invalid,
    ConcurrentTx,
}
