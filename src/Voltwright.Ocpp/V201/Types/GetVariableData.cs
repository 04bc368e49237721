namespace Voltwright.Ocpp.V201.Types;

/// <summary>A variable to be read.</summary>
public sealed record GetVariableData : Extensible
{
    public AttributeType? AttributeType { get; init; }
    public required Component Component { get; init; }
    public required Variable Variable { get; init; }
}
