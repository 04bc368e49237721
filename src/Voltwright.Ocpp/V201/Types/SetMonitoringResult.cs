using Voltwright.Ocpp.Payloads;

namespace Voltwright.Ocpp.V201.Types;

/// <summary>Whether a monitor was set.</summary>
public sealed record SetMonitoringResult : Extensible
{
    [AtLeast(0, Only21 = true)] public int? Id { get; init; }
    public StatusInfo? StatusInfo { get; init; }
    public required SetMonitoringStatus Status { get; init; }
    public required MonitorType Type { get; init; }
    public required Component Component { get; init; }
    public required Variable Variable { get; init; }
    [AtLeast(0, Only21 = true)] public required int Severity { get; init; }
}

public enum SetMonitoringStatus
{
    Accepted,
    UnknownComponent,
    UnknownVariable,
    UnsupportedMonitorType,
    Rejected,
    Duplicate,
}
