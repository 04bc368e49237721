using Voltwright.Ocpp.Payloads;
using Voltwright.Ocpp.V201.Types;

namespace Voltwright.Ocpp.V201;

/// <summary>Takes a reservation back. OCPP 2.0.1 part 2, block H.</summary>
public sealed record CancelReservationRequest : Extensible, IOcppRequest<CancelReservationResponse>
{
    [AtLeast(0, Only21 = true)] public required int ReservationId { get; init; }
}

/// <summary>Answers <see cref="CancelReservationRequest"/>.</summary>
public sealed record CancelReservationResponse : Extensible
{
    public required CancelReservationStatus Status { get; init; }
    public StatusInfo? StatusInfo { get; init; }
}

public enum CancelReservationStatus
{
    Accepted,
    Rejected,
}
