using Voltwright.Ocpp.V201.Types;

namespace Voltwright.Ocpp.V201;

/// <summary>Empties the station's authorization cache. OCPP 2.0.1 part 2, block C.</summary>
public sealed record ClearCacheRequest : Extensible, IOcppRequest<ClearCacheResponse>;

/// <summary>Answers <see cref="ClearCacheRequest"/>.</summary>
public sealed record ClearCacheResponse : Extensible
{
    public required ClearCacheStatus Status { get; init; }
    public StatusInfo? StatusInfo { get; init; }
}

public enum ClearCacheStatus
{
    Accepted,
    Rejected,
}
