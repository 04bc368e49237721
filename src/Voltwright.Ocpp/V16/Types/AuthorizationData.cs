using Voltwright.Ocpp.Payloads;

namespace Voltwright.Ocpp.V16.Types;

/// <summary>One entry of the local authorisation list; without idTagInfo a differential update removes it. OCPP 1.6 §7.1.</summary>
public sealed record AuthorizationData
{
    [Text(20)] public required string IdTag { get; init; }
    public IdTagInfo? IdTagInfo { get; init; }
}
