using Voltwright.Ocpp.Payloads;

namespace Voltwright.Ocpp.V21.Types;

/// <summary>An open event stream and the monitor behind it.</summary>
public sealed record ConstantStreamData : Extensible
{
    [AtLeast(0)] public required int Id { get; init; }
    public required PeriodicEventStreamParams Params { get; init; }
    [AtLeast(0)] public required int VariableMonitoringId { get; init; }
}
