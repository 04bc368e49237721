using Voltwright.Ocpp.Payloads;

namespace Voltwright.Ocpp.V201.Types;

/// <summary>The monitors of one variable.</summary>
public sealed record MonitoringData : Extensible
{
    public required Component Component { get; init; }
    public required Variable Variable { get; init; }
    [Items(1)] public required IReadOnlyList<VariableMonitoring> VariableMonitoring { get; init; }
}
