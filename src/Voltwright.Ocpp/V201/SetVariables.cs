using Voltwright.Ocpp.Payloads;
using Voltwright.Ocpp.V201.Types;

namespace Voltwright.Ocpp.V201;

/// <summary>Writes variables of the device model. OCPP 2.0.1 part 2, block B.</summary>
public sealed record SetVariablesRequest : Extensible, IOcppRequest<SetVariablesResponse>
{
    [Items(1)] public required IReadOnlyList<SetVariableData> SetVariableData { get; init; }
}

/// <summary>Answers <see cref="SetVariablesRequest"/>.</summary>
public sealed record SetVariablesResponse : Extensible
{
    [Items(1)] public required IReadOnlyList<SetVariableResult> SetVariableResult { get; init; }
}
