using System.Text.Json.Serialization;
using Voltwright.Ocpp.Payloads;

namespace Voltwright.Ocpp.V21.Types;

/// <summary>New limits of a dynamic profile.</summary>
public sealed record ChargingScheduleUpdate : Extensible
{
    public decimal? Limit { get; init; }
    [JsonPropertyName("limit_L2")] public decimal? LimitL2 { get; init; }
    [JsonPropertyName("limit_L3")] public decimal? LimitL3 { get; init; }
    [AtMost(0)] public decimal? DischargeLimit { get; init; }
    [JsonPropertyName("dischargeLimit_L2"), AtMost(0)] public decimal? DischargeLimitL2 { get; init; }
    [JsonPropertyName("dischargeLimit_L3"), AtMost(0)] public decimal? DischargeLimitL3 { get; init; }
    public decimal? Setpoint { get; init; }
    [JsonPropertyName("setpoint_L2")] public decimal? SetpointL2 { get; init; }
    [JsonPropertyName("setpoint_L3")] public decimal? SetpointL3 { get; init; }
    public decimal? SetpointReactive { get; init; }
    [JsonPropertyName("setpointReactive_L2")] public decimal? SetpointReactiveL2 { get; init; }
    [JsonPropertyName("setpointReactive_L3")] public decimal? SetpointReactiveL3 { get; init; }
}
