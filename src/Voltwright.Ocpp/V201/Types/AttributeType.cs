namespace Voltwright.Ocpp.V201.Types;

/// <summary>Which value of a variable; absent is Actual.</summary>
public enum AttributeType
{
    Actual,
    Target,
    MinSet,
    MaxSet,
}
