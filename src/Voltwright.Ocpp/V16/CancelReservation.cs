namespace Voltwright.Ocpp.V16;

/// <summary>Withdraws a reservation. OCPP 1.6 §5.1, §6.5–6.6.</summary>
public sealed record CancelReservationRequest : IOcppRequest<CancelReservationResponse>
{
    public required int ReservationId { get; init; }
}

/// <summary>Answers <see cref="CancelReservationRequest"/>.</summary>
public sealed record CancelReservationResponse
{
    public required CancelReservationStatus Status { get; init; }
}

public enum CancelReservationStatus
{
    Accepted,
    Rejected,
}
