using Voltwright.Ocpp.Payloads;

namespace Voltwright.Ocpp.V21.Types;

/// <summary>Power that a car offers, over time.</summary>
public sealed record EVPowerSchedule : Extensible
{
    [Items(1, 1024)] public required IReadOnlyList<EVPowerScheduleEntry> EvPowerScheduleEntries { get; init; }
    public required DateTimeOffset TimeAnchor { get; init; }
}
