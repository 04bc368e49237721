using Voltwright.Ocpp.Payloads;

namespace Voltwright.Ocpp.V16;

/// <summary>Reserves a connector, or any connector, for a token. OCPP 1.6 §5.13, §6.37–6.38.</summary>
public sealed record ReserveNowRequest : IOcppRequest<ReserveNowResponse>
{
    /// <summary>0 reserves whichever is free at arrival.</summary>
    [AtLeast(0)] public required int ConnectorId { get; init; }

    public required DateTimeOffset ExpiryDate { get; init; }
    [Text(20)] public required string IdTag { get; init; }
    [Text(20)] public string? ParentIdTag { get; init; }

    /// <summary>An id already reserved replaces that reservation.</summary>
    public required int ReservationId { get; init; }
}

/// <summary>Answers <see cref="ReserveNowRequest"/>.</summary>
public sealed record ReserveNowResponse
{
    public required ReservationStatus Status { get; init; }
}

public enum ReservationStatus
{
    Accepted,
    Faulted,
    Occupied,
    Rejected,
    Unavailable,
}
