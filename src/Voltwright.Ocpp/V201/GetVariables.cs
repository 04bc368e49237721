using Voltwright.Ocpp.Payloads;
using Voltwright.Ocpp.V201.Types;

namespace Voltwright.Ocpp.V201;

/// <summary>Reads variables of the device model. OCPP 2.0.1 part 2, block B.</summary>
public sealed record GetVariablesRequest : Extensible, IOcppRequest<GetVariablesResponse>
{
    [Items(1)] public required IReadOnlyList<GetVariableData> GetVariableData { get; init; }
}

/// <summary>Answers <see cref="GetVariablesRequest"/>.</summary>
public sealed record GetVariablesResponse : Extensible
{
    [Items(1)] public required IReadOnlyList<GetVariableResult> GetVariableResult { get; init; }
}
