using Voltwright.Ocpp.Payloads;
using Voltwright.Ocpp.V201.Types;

namespace Voltwright.Ocpp.V201;

/// <summary>Sets monitors. OCPP 2.0.1 part 2, block N.</summary>
public sealed record SetVariableMonitoringRequest : Extensible, IOcppRequest<SetVariableMonitoringResponse>
{
    [Items(1)] public required IReadOnlyList<SetMonitoringData> SetMonitoringData { get; init; }
}

/// <summary>Answers <see cref="SetVariableMonitoringRequest"/>.</summary>
public sealed record SetVariableMonitoringResponse : Extensible
{
    [Items(1)] public required IReadOnlyList<SetMonitoringResult> SetMonitoringResult { get; init; }
}
