using Voltwright.Ocpp.Payloads;
using Voltwright.Ocpp.V201.Types;

namespace Voltwright.Ocpp.V201;

/// <summary>Removes monitors. OCPP 2.0.1 part 2, block N.</summary>
public sealed record ClearVariableMonitoringRequest : Extensible, IOcppRequest<ClearVariableMonitoringResponse>
{
    [Items(1), AtLeast(0, Only21 = true)] public required IReadOnlyList<int> Id { get; init; }
}

/// <summary>Answers <see cref="ClearVariableMonitoringRequest"/>.</summary>
public sealed record ClearVariableMonitoringResponse : Extensible
{
    [Items(1)] public required IReadOnlyList<ClearMonitoringResult> ClearMonitoringResult { get; init; }
}
