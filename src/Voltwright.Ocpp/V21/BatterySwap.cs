using Voltwright.Ocpp.Payloads;
using Voltwright.Ocpp.V201.Types;
using Voltwright.Ocpp.V21.Types;

namespace Voltwright.Ocpp.V21;

/// <summary>Batteries were put into or taken out of a swap station. OCPP 2.1 part 2, block S.</summary>
public sealed record BatterySwapRequest : Extensible, IOcppRequest<BatterySwapResponse>
{
    [Items(1)] public required IReadOnlyList<BatteryData> BatteryData { get; init; }
    public required BatterySwapEvent EventType { get; init; }
    public required IdToken IdToken { get; init; }
    public required int RequestId { get; init; }
}

/// <summary>Answers <see cref="BatterySwapRequest"/>.</summary>
public sealed record BatterySwapResponse : Extensible;

public enum BatterySwapEvent
{
    BatteryIn,
    BatteryOut,
    BatteryOutTimeout,
}
