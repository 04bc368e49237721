using Voltwright.Ocpp.Payloads;

namespace Voltwright.Ocpp.V201.Types;

/// <summary>A value of a variable: actual, target or bound.</summary>
public sealed record VariableAttribute : Extensible
{
    public AttributeType? Type { get; init; }
    [Text(2500)] public string? Value { get; init; }
    public Mutability? Mutability { get; init; }
    public bool? Persistent { get; init; }
    public bool? Constant { get; init; }
}

public enum Mutability
{
    ReadOnly,
    WriteOnly,
    ReadWrite,
}
