using System.Text.Json.Serialization;
using Voltwright.Ocpp.Payloads;

namespace Voltwright.Ocpp.V21.Types;

/// <summary>What a car can do for the grid.</summary>
public sealed record DERChargingParameters : Extensible
{
    [Items(1)] public IReadOnlyList<DERControl>? EvSupportedDERControl { get; init; }
    public decimal? EvOverExcitedMaxDischargePower { get; init; }
    public decimal? EvOverExcitedPowerFactor { get; init; }
    public decimal? EvUnderExcitedMaxDischargePower { get; init; }
    public decimal? EvUnderExcitedPowerFactor { get; init; }
    public decimal? MaxApparentPower { get; init; }
    public decimal? MaxChargeApparentPower { get; init; }
    [JsonPropertyName("maxChargeApparentPower_L2")] public decimal? MaxChargeApparentPowerL2 { get; init; }
    [JsonPropertyName("maxChargeApparentPower_L3")] public decimal? MaxChargeApparentPowerL3 { get; init; }
    public decimal? MaxDischargeApparentPower { get; init; }
    [JsonPropertyName("maxDischargeApparentPower_L2")] public decimal? MaxDischargeApparentPowerL2 { get; init; }
    [JsonPropertyName("maxDischargeApparentPower_L3")] public decimal? MaxDischargeApparentPowerL3 { get; init; }
    public decimal? MaxChargeReactivePower { get; init; }
    [JsonPropertyName("maxChargeReactivePower_L2")] public decimal? MaxChargeReactivePowerL2 { get; init; }
    [JsonPropertyName("maxChargeReactivePower_L3")] public decimal? MaxChargeReactivePowerL3 { get; init; }
    public decimal? MinChargeReactivePower { get; init; }
    [JsonPropertyName("minChargeReactivePower_L2")] public decimal? MinChargeReactivePowerL2 { get; init; }
    [JsonPropertyName("minChargeReactivePower_L3")] public decimal? MinChargeReactivePowerL3 { get; init; }
    public decimal? MaxDischargeReactivePower { get; init; }
    [JsonPropertyName("maxDischargeReactivePower_L2")] public decimal? MaxDischargeReactivePowerL2 { get; init; }
    [JsonPropertyName("maxDischargeReactivePower_L3")] public decimal? MaxDischargeReactivePowerL3 { get; init; }
    public decimal? MinDischargeReactivePower { get; init; }
    [JsonPropertyName("minDischargeReactivePower_L2")] public decimal? MinDischargeReactivePowerL2 { get; init; }
    [JsonPropertyName("minDischargeReactivePower_L3")] public decimal? MinDischargeReactivePowerL3 { get; init; }
    public decimal? NominalVoltage { get; init; }
    public decimal? NominalVoltageOffset { get; init; }
    public decimal? MaxNominalVoltage { get; init; }
    public decimal? MinNominalVoltage { get; init; }
    [Text(50)] public string? EvInverterManufacturer { get; init; }
    [Text(50)] public string? EvInverterModel { get; init; }
    [Text(50)] public string? EvInverterSerialNumber { get; init; }
    [Text(50)] public string? EvInverterSwVersion { get; init; }
    [Text(50)] public string? EvInverterHwVersion { get; init; }
    [Items(1)] public IReadOnlyList<IslandingDetection>? EvIslandingDetectionMethod { get; init; }
    public decimal? EvIslandingTripTime { get; init; }
    public decimal? EvMaximumLevel1DCInjection { get; init; }
    public decimal? EvDurationLevel1DCInjection { get; init; }
    public decimal? EvMaximumLevel2DCInjection { get; init; }
    public decimal? EvDurationLevel2DCInjection { get; init; }
    public decimal? EvReactiveSusceptance { get; init; }
    public decimal? EvSessionTotalDischargeEnergyAvailable { get; init; }
}

public enum IslandingDetection
{
    NoAntiIslandingSupport,
    RoCoF,
    [JsonStringEnumMemberName("UVP_OVP")] UVPOVP,
    [JsonStringEnumMemberName("UFP_OFP")] UFPOFP,
    VoltageVectorShift,
    ZeroCrossingDetection,
    OtherPassive,
    ImpedanceMeasurement,
    ImpedanceAtFrequency,
    SlipModeFrequencyShift,
    SandiaFrequencyShift,
    SandiaVoltageShift,
    FrequencyJump,
    RCLQFactor,
    OtherActive,
}
