using Voltwright.Ocpp.Payloads;
using Voltwright.Ocpp.V16.Types;

namespace Voltwright.Ocpp.V16;

/// <summary>Asks for the schedule that results from all profiles together. OCPP 1.6 §5.7, §6.21–6.22.</summary>
public sealed record GetCompositeScheduleRequest : IOcppRequest<GetCompositeScheduleResponse>
{
    /// <summary>0 is the station's grid connection.</summary>
    [AtLeast(0)] public required int ConnectorId { get; init; }

    /// <summary>Seconds from now.</summary>
    public required int Duration { get; init; }

    public ChargingRateUnitType? ChargingRateUnit { get; init; }
}

/// <summary>Answers <see cref="GetCompositeScheduleRequest"/>.</summary>
public sealed record GetCompositeScheduleResponse
{
    public required GetCompositeScheduleStatus Status { get; init; }
    [AtLeast(0)] public int? ConnectorId { get; init; }
    public DateTimeOffset? ScheduleStart { get; init; }
    public ChargingSchedule? ChargingSchedule { get; init; }
}

public enum GetCompositeScheduleStatus
{
    Accepted,
    Rejected,
}
