namespace Voltwright.Ocpp.V201.Types;

/// <summary>A component and, unless all are meant, one of its variables.</summary>
public sealed record ComponentVariable : Extensible
{
    public required Component Component { get; init; }
    public Variable? Variable { get; init; }
}
