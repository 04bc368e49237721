using Voltwright.Ocpp.Payloads;

namespace Voltwright.Ocpp.V201.Types;

/// <summary>Where a limit comes from.</summary>
public sealed record ChargingLimit : Extensible
{
    [Text(20), ChoiceUntil21(typeof(ChargingLimitSource))] public required string ChargingLimitSource { get; init; }
    public bool? IsGridCritical { get; init; }
    [Since21] public bool? IsLocalGeneration { get; init; }
}
