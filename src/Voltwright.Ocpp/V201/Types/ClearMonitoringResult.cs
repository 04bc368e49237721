using Voltwright.Ocpp.Payloads;

namespace Voltwright.Ocpp.V201.Types;

/// <summary>Whether a monitor was removed.</summary>
public sealed record ClearMonitoringResult : Extensible
{
    public required ClearMonitoringStatus Status { get; init; }
    [AtLeast(0, Only21 = true)] public required int Id { get; init; }
    public StatusInfo? StatusInfo { get; init; }
}

public enum ClearMonitoringStatus
{
    Accepted,
    Rejected,
    NotFound,
}
