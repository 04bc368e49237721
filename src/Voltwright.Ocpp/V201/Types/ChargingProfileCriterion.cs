using Voltwright.Ocpp.Payloads;

namespace Voltwright.Ocpp.V201.Types;

/// <summary>Which profiles are asked for.</summary>
public sealed record ChargingProfileCriterion : Extensible
{
    public ChargingProfilePurpose? ChargingProfilePurpose { get; init; }
    [AtLeast(0, Only21 = true)] public int? StackLevel { get; init; }
    [Items(1)] public IReadOnlyList<int>? ChargingProfileId { get; init; }
    [Items(1, 4), Text(20), ChoiceUntil21(typeof(ChargingLimitSource))] public IReadOnlyList<string>? ChargingLimitSource { get; init; }
}
