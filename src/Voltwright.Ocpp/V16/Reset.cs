namespace Voltwright.Ocpp.V16;

/// <summary>Restarts the station; Soft ends transactions first, Hard need not. OCPP 1.6 §5.14, §6.39–6.40.</summary>
public sealed record ResetRequest : IOcppRequest<ResetResponse>
{
    public required ResetType Type { get; init; }
}

/// <summary>Answers <see cref="ResetRequest"/>.</summary>
public sealed record ResetResponse
{
    public required ResetStatus Status { get; init; }
}

public enum ResetType
{
    Hard,
    Soft,
}

public enum ResetStatus
{
    Accepted,
    Rejected,
}
