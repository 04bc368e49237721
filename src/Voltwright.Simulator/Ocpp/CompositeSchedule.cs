using Voltwright.Ocpp.V16;
using Voltwright.Ocpp.V16.Types;

namespace Voltwright.Simulator.Ocpp;

/// <summary>The schedule that all profiles together make, sampled minute by minute. OCPP 1.6 §5.7.</summary>
static class CompositeSchedule
{
    const int StationPowerW = 22_000;
    const int StepSeconds = 60;

    public static GetCompositeScheduleResponse Of(OcppStation station, GetCompositeScheduleRequest request)
    {
        if (request.ConnectorId > station.Connectors.Count) return new() { Status = GetCompositeScheduleStatus.Rejected };
        var now = station.Clock.Now;
        var transactionStart = station.Connector(request.ConnectorId)?.Transaction?.StartedAt ?? now;
        var unit = request.ChargingRateUnit ?? ChargingRateUnitType.W;
        var periods = new List<ChargingSchedulePeriod>();
        for (var second = 0; second < Math.Max(request.Duration, 1) && periods.Count < 24; second += StepSeconds)
        {
            var limitW = Math.Min(StationPowerW, station.Profiles.LimitW(request.ConnectorId, now.AddSeconds(second), transactionStart));
            var limit = unit == ChargingRateUnitType.W ? limitW : Math.Round(limitW / (3 * 230m), 1);
            if (periods.Count == 0 || periods[^1].Limit != limit) periods.Add(new() { StartPeriod = second, Limit = limit });
        }

        return new GetCompositeScheduleResponse
        {
            Status = GetCompositeScheduleStatus.Accepted,
            ConnectorId = request.ConnectorId,
            ScheduleStart = now,
            ChargingSchedule = new() { Duration = request.Duration, ChargingRateUnit = unit, ChargingSchedulePeriod = periods },
        };
    }
}
