using Voltwright.Ocpp.Payloads;

namespace Voltwright.Ocpp.V201.Types;

/// <summary>What the profiles to be removed have in common.</summary>
public sealed record ClearChargingProfile : Extensible
{
    [AtLeast(0, Only21 = true)] public int? EvseId { get; init; }
    public ChargingProfilePurpose? ChargingProfilePurpose { get; init; }
    [AtLeast(0, Only21 = true)] public int? StackLevel { get; init; }
}
