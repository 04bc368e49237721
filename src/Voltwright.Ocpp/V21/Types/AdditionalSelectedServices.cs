using Voltwright.Ocpp.Payloads;

namespace Voltwright.Ocpp.V21.Types;

/// <summary>A service besides energy, and its fee.</summary>
public sealed record AdditionalSelectedServices : Extensible
{
    public required RationalNumber ServiceFee { get; init; }
    [Text(80)] public required string ServiceName { get; init; }
}
