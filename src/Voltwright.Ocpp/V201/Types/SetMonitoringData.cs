using Voltwright.Ocpp.Payloads;
using Voltwright.Ocpp.V21.Types;

namespace Voltwright.Ocpp.V201.Types;

/// <summary>A monitor to be set.</summary>
public sealed record SetMonitoringData : Extensible
{
    [AtLeast(0, Only21 = true)] public int? Id { get; init; }
    public bool? Transaction { get; init; }
    public required decimal Value { get; init; }
    public required MonitorType Type { get; init; }
    [AtLeast(0, Only21 = true)] public required int Severity { get; init; }
    public required Component Component { get; init; }
    public required Variable Variable { get; init; }
    [Since21] public PeriodicEventStreamParams? PeriodicEventStream { get; init; }
}
