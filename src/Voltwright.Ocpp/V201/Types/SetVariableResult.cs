namespace Voltwright.Ocpp.V201.Types;

/// <summary>Whether a variable was written.</summary>
public sealed record SetVariableResult : Extensible
{
    public AttributeType? AttributeType { get; init; }
    public required SetVariableStatus AttributeStatus { get; init; }
    public StatusInfo? AttributeStatusInfo { get; init; }
    public required Component Component { get; init; }
    public required Variable Variable { get; init; }
}

public enum SetVariableStatus
{
    Accepted,
    Rejected,
    UnknownComponent,
    UnknownVariable,
    NotSupportedAttributeType,
    RebootRequired,
}
