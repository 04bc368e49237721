using Voltwright.Ocpp.V201;
using Voltwright.Ocpp.V201.Types;
using Voltwright.SmartCharging;

namespace Voltwright.Gateway.Ocpp.V201;

/// <summary>What vehicles say of themselves by ISO 15118, and what they are offered. OCPP 2.0.1 part 2, K15 to K17.</summary>
internal static class VehicleTalk
{
    // What no charging station exceeds: a vehicle that names no bounds leaves them to the station.
    private const decimal MostAmperes = 80;
    private const decimal MostWatts = 1_000_000;

    public static async Task<NotifyEVChargingNeedsResponse> NeedsAsync(
        OcppStation station, NotifyEVChargingNeedsRequest request, CancellationToken cancellation)
    {
        await station.TellAsync("charging-needs", request);
        var offered = station.Sources.Plans is { } plans
            && await plans.OfferAsync(station.Id, request.EvseId, NeedsOf(request.ChargingNeeds, request.MaxScheduleTuples), cancellation);
        return new() { Status = offered ? NotifyEVChargingNeedsStatus.Accepted : NotifyEVChargingNeedsStatus.Rejected };
    }

    public static async Task<NotifyEVChargingScheduleResponse> ScheduleAsync(
        OcppStation station, NotifyEVChargingScheduleRequest request, CancellationToken cancellation)
    {
        await station.TellAsync("charging-schedule", request);
        var fits = station.Sources.Plans is not { } plans
            || await plans.JudgeAsync(station.Id, request.EvseId, IntendedIn(request), cancellation);
        return new() { Status = fits ? GenericStatus.Accepted : GenericStatus.Rejected };
    }

    private static VehicleNeeds NeedsOf(ChargingNeeds needs, int? tuples) => needs switch
    {
        { DcChargingParameters: { } dc } => new(dc.EvMaxPower ?? (dc.EvMaxCurrent * dc.EvMaxVoltage), PowerUnit.W, MostPeriods: tuples),
        { AcChargingParameters: { } ac } => new(ac.EvMaxCurrent, PowerUnit.A, PhasesOf(needs.RequestedEnergyTransfer), tuples),
        { RequestedEnergyTransfer: EnergyTransferMode.ACSinglePhase or EnergyTransferMode.ACTwoPhase or EnergyTransferMode.ACThreePhase } =>
            new(MostAmperes, PowerUnit.A, PhasesOf(needs.RequestedEnergyTransfer), tuples),
        _ => new(MostWatts, PowerUnit.W, MostPeriods: tuples),
    };

    private static int PhasesOf(EnergyTransferMode mode) => mode switch
    {
        EnergyTransferMode.ACSinglePhase => 1,
        EnergyTransferMode.ACTwoPhase => 2,
        _ => 3,
    };

    private static SmartCharging.ChargingSchedule IntendedIn(NotifyEVChargingScheduleRequest request) => new(
        [.. request.ChargingSchedule.ChargingSchedulePeriod.Select(p => new SchedulePeriod(p.StartPeriod, p.Limit ?? 0, p.NumberPhases))],
        request.ChargingSchedule.ChargingRateUnit == ChargingRateUnit.A ? PowerUnit.A : PowerUnit.W,
        request.TimeBase);
}
