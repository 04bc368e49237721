using Voltwright.Ocpp.Payloads;

namespace Voltwright.Ocpp.V16.Types;

/// <summary>Where a log goes and which part of it. OCPP 1.6 security whitepaper §6.14.</summary>
public sealed record LogParameters
{
    [Text(512)] public required string RemoteLocation { get; init; }
    public DateTimeOffset? OldestTimestamp { get; init; }
    public DateTimeOffset? LatestTimestamp { get; init; }
}
