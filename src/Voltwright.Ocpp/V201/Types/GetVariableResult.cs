using Voltwright.Ocpp.Payloads;

namespace Voltwright.Ocpp.V201.Types;

/// <summary>A variable that was read.</summary>
public sealed record GetVariableResult : Extensible
{
    public StatusInfo? AttributeStatusInfo { get; init; }
    public required GetVariableStatus AttributeStatus { get; init; }
    public AttributeType? AttributeType { get; init; }
    [Text(2500)] public string? AttributeValue { get; init; }
    public required Component Component { get; init; }
    public required Variable Variable { get; init; }
}

public enum GetVariableStatus
{
    Accepted,
    Rejected,
    UnknownComponent,
    UnknownVariable,
    NotSupportedAttributeType,
}
