namespace Voltwright.Ocpp.V16;

/// <summary>Empties the station's authorisation cache. OCPP 1.6 §5.4, §6.11–6.12.</summary>
public sealed record ClearCacheRequest : IOcppRequest<ClearCacheResponse>;

/// <summary>Answers <see cref="ClearCacheRequest"/>.</summary>
public sealed record ClearCacheResponse
{
    public required ClearCacheStatus Status { get; init; }
}

public enum ClearCacheStatus
{
    Accepted,
    Rejected,
}
