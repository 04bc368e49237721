using Voltwright.Ocpp.Payloads;

namespace Voltwright.Ocpp.V201.Types;

/// <summary>Where a log goes and which part of it.</summary>
public sealed record LogParameters : Extensible
{
    [Text(512, In21 = 2000)] public required string RemoteLocation { get; init; }
    public DateTimeOffset? OldestTimestamp { get; init; }
    public DateTimeOffset? LatestTimestamp { get; init; }
}
