using Voltwright.Ocpp.Payloads;

namespace Voltwright.Ocpp.V201.Types;

/// <summary>A variable to be written.</summary>
public sealed record SetVariableData : Extensible
{
    public AttributeType? AttributeType { get; init; }
    [Text(1000, In21 = 2500)] public required string AttributeValue { get; init; }
    public required Component Component { get; init; }
    public required Variable Variable { get; init; }
}
