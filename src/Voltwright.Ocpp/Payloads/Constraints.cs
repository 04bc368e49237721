namespace Voltwright.Ocpp.Payloads;

/// <summary>The longest text that a field, or each item of a list, takes, in characters.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class TextAttribute(int maxLength) : Attribute
{
    public int MaxLength { get; } = maxLength;

    /// <summary>The longest in OCPP 2.1, where it differs; 0 where it does not.</summary>
    public int In21 { get; init; }
}

/// <summary>The smallest number that a field takes.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class AtLeastAttribute(int minimum) : Attribute
{
    public int Minimum { get; } = minimum;

    /// <summary>OCPP 2.0.1 sets no such bound.</summary>
    public bool Only21 { get; init; }
}

/// <summary>The largest number that a field takes.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class AtMostAttribute(int maximum) : Attribute
{
    public int Maximum { get; } = maximum;

    /// <summary>OCPP 2.0.1 sets no such bound.</summary>
    public bool Only21 { get; init; }
}

/// <summary>How many items a list takes.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ItemsAttribute(int minimum, int maximum = int.MaxValue) : Attribute
{
    public int Minimum { get; } = minimum;

    public int Maximum { get; } = maximum;
}

/// <summary>The text is an absolute URI.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class AddressAttribute : Attribute;
