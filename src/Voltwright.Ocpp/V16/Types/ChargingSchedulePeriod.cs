namespace Voltwright.Ocpp.V16.Types;

/// <summary>A limit that holds until the next period starts. OCPP 1.6 §7.14.</summary>
public sealed record ChargingSchedulePeriod
{
    /// <summary>Seconds from the start of the schedule.</summary>
    public required int StartPeriod { get; init; }

    /// <summary>A per phase or W in total, at most one fraction digit.</summary>
    public required decimal Limit { get; init; }

    public int? NumberPhases { get; init; }
}
