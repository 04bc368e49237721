namespace Voltwright.Ocpp.Payloads;

/// <summary>The field, or the choice, came with OCPP 2.1: 2.0.1 has none of that name.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class Since21Attribute : Attribute
{
    /// <summary>Whether 2.1 requires the field.</summary>
    public bool Required { get; init; }
}

/// <summary>The field is required in OCPP 2.0.1 and optional in 2.1.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class RequiredUntil21Attribute : Attribute;

/// <summary>In OCPP 2.0.1 the text is one of an enumeration's names; in 2.1 any text.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ChoiceUntil21Attribute(Type names) : Attribute
{
    public Type Names { get; } = names;
}

/// <summary>In OCPP 2.0.1 the number is an integer; in 2.1 any number.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class WholeUntil21Attribute : Attribute;
