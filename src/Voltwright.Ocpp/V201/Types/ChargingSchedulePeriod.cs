using System.Text.Json.Serialization;
using Voltwright.Ocpp.Payloads;
using Voltwright.Ocpp.V21.Types;

namespace Voltwright.Ocpp.V201.Types;

/// <summary>From an offset in seconds on, a limit; until the next period begins.</summary>
public sealed record ChargingSchedulePeriod : Extensible
{
    /// <summary>Seconds from the start of the schedule.</summary>
    public required int StartPeriod { get; init; }

    [RequiredUntil21] public decimal? Limit { get; init; }
    [AtLeast(0, Only21 = true), AtMost(3, Only21 = true)] public int? NumberPhases { get; init; }
    [AtLeast(0, Only21 = true), AtMost(3, Only21 = true)] public int? PhaseToUse { get; init; }
    [JsonPropertyName("limit_L2"), Since21] public decimal? LimitL2 { get; init; }
    [JsonPropertyName("limit_L3"), Since21] public decimal? LimitL3 { get; init; }
    [Since21, AtMost(0)] public decimal? DischargeLimit { get; init; }
    [JsonPropertyName("dischargeLimit_L2"), Since21, AtMost(0)] public decimal? DischargeLimitL2 { get; init; }
    [JsonPropertyName("dischargeLimit_L3"), Since21, AtMost(0)] public decimal? DischargeLimitL3 { get; init; }
    [Since21] public decimal? Setpoint { get; init; }
    [JsonPropertyName("setpoint_L2"), Since21] public decimal? SetpointL2 { get; init; }
    [JsonPropertyName("setpoint_L3"), Since21] public decimal? SetpointL3 { get; init; }
    [Since21] public decimal? SetpointReactive { get; init; }
    [JsonPropertyName("setpointReactive_L2"), Since21] public decimal? SetpointReactiveL2 { get; init; }
    [JsonPropertyName("setpointReactive_L3"), Since21] public decimal? SetpointReactiveL3 { get; init; }
    [Since21] public bool? PreconditioningRequest { get; init; }
    [Since21] public bool? EvseSleep { get; init; }
    [Since21] public decimal? V2xBaseline { get; init; }
    [Since21] public OperationMode? OperationMode { get; init; }
    [Since21, Items(1, 20)] public IReadOnlyList<V2XFreqWattPoint>? V2xFreqWattCurve { get; init; }
    [Since21, Items(1, 20)] public IReadOnlyList<V2XSignalWattPoint>? V2xSignalWattCurve { get; init; }
}
