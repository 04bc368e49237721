using System.Text.Json.Serialization;
using Voltwright.Ocpp.Payloads;

namespace Voltwright.Ocpp.V201.Types;

/// <summary>One sample. Absent: context Sample.Periodic, measurand Energy.Active.Import.Register, unit Wh, location Outlet.</summary>
public sealed record SampledValue : Extensible
{
    /// <summary>In the unit, before the multiplier.</summary>
    public required decimal Value { get; init; }

    public ReadingContext? Context { get; init; }
    public Measurand? Measurand { get; init; }
    public Phase? Phase { get; init; }
    public Location? Location { get; init; }
    public SignedMeterValue? SignedMeterValue { get; init; }
    public UnitOfMeasure? UnitOfMeasure { get; init; }
}

public enum Location
{
    Body,
    Cable,
    EV,
    Inlet,
    Outlet,
    [Since21] Upstream,
}

public enum Measurand
{
    [JsonStringEnumMemberName("Current.Export")] CurrentExport,
    [Since21, JsonStringEnumMemberName("Current.Export.Offered")] CurrentExportOffered,
    [Since21, JsonStringEnumMemberName("Current.Export.Minimum")] CurrentExportMinimum,
    [JsonStringEnumMemberName("Current.Import")] CurrentImport,
    [Since21, JsonStringEnumMemberName("Current.Import.Offered")] CurrentImportOffered,
    [Since21, JsonStringEnumMemberName("Current.Import.Minimum")] CurrentImportMinimum,
    [JsonStringEnumMemberName("Current.Offered")] CurrentOffered,
    [Since21, JsonStringEnumMemberName("Display.PresentSOC")] DisplayPresentSOC,
    [Since21, JsonStringEnumMemberName("Display.MinimumSOC")] DisplayMinimumSOC,
    [Since21, JsonStringEnumMemberName("Display.TargetSOC")] DisplayTargetSOC,
    [Since21, JsonStringEnumMemberName("Display.MaximumSOC")] DisplayMaximumSOC,
    [Since21, JsonStringEnumMemberName("Display.RemainingTimeToMinimumSOC")] DisplayRemainingTimeToMinimumSOC,
    [Since21, JsonStringEnumMemberName("Display.RemainingTimeToTargetSOC")] DisplayRemainingTimeToTargetSOC,
    [Since21, JsonStringEnumMemberName("Display.RemainingTimeToMaximumSOC")] DisplayRemainingTimeToMaximumSOC,
    [Since21, JsonStringEnumMemberName("Display.ChargingComplete")] DisplayChargingComplete,
    [Since21, JsonStringEnumMemberName("Display.BatteryEnergyCapacity")] DisplayBatteryEnergyCapacity,
    [Since21, JsonStringEnumMemberName("Display.InletHot")] DisplayInletHot,
    [JsonStringEnumMemberName("Energy.Active.Export.Interval")] EnergyActiveExportInterval,
    [JsonStringEnumMemberName("Energy.Active.Export.Register")] EnergyActiveExportRegister,
    [JsonStringEnumMemberName("Energy.Active.Import.Interval")] EnergyActiveImportInterval,
    [JsonStringEnumMemberName("Energy.Active.Import.Register")] EnergyActiveImportRegister,
    [Since21, JsonStringEnumMemberName("Energy.Active.Import.CableLoss")] EnergyActiveImportCableLoss,
    [Since21, JsonStringEnumMemberName("Energy.Active.Import.LocalGeneration.Register")] EnergyActiveImportLocalGenerationRegister,
    [JsonStringEnumMemberName("Energy.Active.Net")] EnergyActiveNet,
    [Since21, JsonStringEnumMemberName("Energy.Active.Setpoint.Interval")] EnergyActiveSetpointInterval,
    [JsonStringEnumMemberName("Energy.Apparent.Export")] EnergyApparentExport,
    [JsonStringEnumMemberName("Energy.Apparent.Import")] EnergyApparentImport,
    [JsonStringEnumMemberName("Energy.Apparent.Net")] EnergyApparentNet,
    [JsonStringEnumMemberName("Energy.Reactive.Export.Interval")] EnergyReactiveExportInterval,
    [JsonStringEnumMemberName("Energy.Reactive.Export.Register")] EnergyReactiveExportRegister,
    [JsonStringEnumMemberName("Energy.Reactive.Import.Interval")] EnergyReactiveImportInterval,
    [JsonStringEnumMemberName("Energy.Reactive.Import.Register")] EnergyReactiveImportRegister,
    [JsonStringEnumMemberName("Energy.Reactive.Net")] EnergyReactiveNet,
    [Since21, JsonStringEnumMemberName("EnergyRequest.Target")] EnergyRequestTarget,
    [Since21, JsonStringEnumMemberName("EnergyRequest.Minimum")] EnergyRequestMinimum,
    [Since21, JsonStringEnumMemberName("EnergyRequest.Maximum")] EnergyRequestMaximum,
    [Since21, JsonStringEnumMemberName("EnergyRequest.Minimum.V2X")] EnergyRequestMinimumV2X,
    [Since21, JsonStringEnumMemberName("EnergyRequest.Maximum.V2X")] EnergyRequestMaximumV2X,
    [Since21, JsonStringEnumMemberName("EnergyRequest.Bulk")] EnergyRequestBulk,
    Frequency,
    [JsonStringEnumMemberName("Power.Active.Export")] PowerActiveExport,
    [JsonStringEnumMemberName("Power.Active.Import")] PowerActiveImport,
    [Since21, JsonStringEnumMemberName("Power.Active.Setpoint")] PowerActiveSetpoint,
    [Since21, JsonStringEnumMemberName("Power.Active.Residual")] PowerActiveResidual,
    [Since21, JsonStringEnumMemberName("Power.Export.Minimum")] PowerExportMinimum,
    [Since21, JsonStringEnumMemberName("Power.Export.Offered")] PowerExportOffered,
    [JsonStringEnumMemberName("Power.Factor")] PowerFactor,
    [Since21, JsonStringEnumMemberName("Power.Import.Offered")] PowerImportOffered,
    [Since21, JsonStringEnumMemberName("Power.Import.Minimum")] PowerImportMinimum,
    [JsonStringEnumMemberName("Power.Offered")] PowerOffered,
    [JsonStringEnumMemberName("Power.Reactive.Export")] PowerReactiveExport,
    [JsonStringEnumMemberName("Power.Reactive.Import")] PowerReactiveImport,
    SoC,
    Voltage,
    [Since21, JsonStringEnumMemberName("Voltage.Minimum")] VoltageMinimum,
    [Since21, JsonStringEnumMemberName("Voltage.Maximum")] VoltageMaximum,
}

public enum Phase
{
    L1,
    L2,
    L3,
    N,
    [JsonStringEnumMemberName("L1-N")] L1N,
    [JsonStringEnumMemberName("L2-N")] L2N,
    [JsonStringEnumMemberName("L3-N")] L3N,
    [JsonStringEnumMemberName("L1-L2")] L1L2,
    [JsonStringEnumMemberName("L2-L3")] L2L3,
    [JsonStringEnumMemberName("L3-L1")] L3L1,
}

public enum ReadingContext
{
    [JsonStringEnumMemberName("Interruption.Begin")] InterruptionBegin,
    [JsonStringEnumMemberName("Interruption.End")] InterruptionEnd,
    Other,
    [JsonStringEnumMemberName("Sample.Clock")] SampleClock,
    [JsonStringEnumMemberName("Sample.Periodic")] SamplePeriodic,
    [JsonStringEnumMemberName("Transaction.Begin")] TransactionBegin,
    [JsonStringEnumMemberName("Transaction.End")] TransactionEnd,
    Trigger,
}
