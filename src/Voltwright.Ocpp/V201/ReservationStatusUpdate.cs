using Voltwright.Ocpp.Payloads;

namespace Voltwright.Ocpp.V201;

/// <summary>A reservation expired or was removed by the station. OCPP 2.0.1 part 2, block H.</summary>
public sealed record ReservationStatusUpdateRequest : Extensible, IOcppRequest<ReservationStatusUpdateResponse>
{
    [AtLeast(0, Only21 = true)] public required int ReservationId { get; init; }
    public required ReservationUpdateStatus ReservationUpdateStatus { get; init; }
}

/// <summary>Answers <see cref="ReservationStatusUpdateRequest"/>.</summary>
public sealed record ReservationStatusUpdateResponse : Extensible;

public enum ReservationUpdateStatus
{
    Expired,
    Removed,
    [Since21] NoTransaction,
}
