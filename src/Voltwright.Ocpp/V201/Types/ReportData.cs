using Voltwright.Ocpp.Payloads;

namespace Voltwright.Ocpp.V201.Types;

/// <summary>One variable with its attributes and characteristics.</summary>
public sealed record ReportData : Extensible
{
    public required Component Component { get; init; }
    public required Variable Variable { get; init; }
    [Items(1, 4)] public required IReadOnlyList<VariableAttribute> VariableAttribute { get; init; }
    public VariableCharacteristics? VariableCharacteristics { get; init; }
}
