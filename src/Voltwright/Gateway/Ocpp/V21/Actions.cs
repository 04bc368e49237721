using Voltwright.Gateway.Ocpp.V201;
using Voltwright.Ocpp;
using Voltwright.Ocpp.Connection;
using Voltwright.Ocpp.V201.Types;
using Voltwright.Ocpp.V21;
using Voltwright.Ocpp.V21.Types;

namespace Voltwright.Gateway.Ocpp.V21;

/// <summary>Every action that a 2.1 station may call, and who serves it: those of 2.0.1 and these.</summary>
public static class Actions
{
    public static HandlerTable<OcppStation> Table { get; } = V201.Actions.Serve(Ocpp21.Protocol)
        .Tell<BatterySwapRequest, BatterySwapResponse>("battery-swap", _ => new())
        .Tell<ClosePeriodicEventStreamRequest, ClosePeriodicEventStreamResponse>("event-stream-closed", _ => new())
        .On<GetCertificateChainStatusRequest, GetCertificateChainStatusResponse>(CertificateChecks.ChainStatusAsync)
        .Tell<NotifyDERAlarmRequest, NotifyDERAlarmResponse>("der-alarm", _ => new())
        .Tell<NotifyDERStartStopRequest, NotifyDERStartStopResponse>("der-control", _ => new())
        .Tell<NotifyPeriodicEventStreamRequest, NoResponse>("event-stream", _ => new())
        .Tell<NotifyPriorityChargingRequest, NotifyPriorityChargingResponse>("priority-charging", _ => new())
        .Tell<NotifySettlementRequest, NotifySettlementResponse>("settlement", _ => new())
        .Tell<OpenPeriodicEventStreamRequest, OpenPeriodicEventStreamResponse>("event-stream-opened", _ => new() { Status = GenericStatus.Accepted })
        .Tell<PullDynamicScheduleUpdateRequest, PullDynamicScheduleUpdateResponse>("schedule-update-requested", _ => new()
        {
            // Nobody plans dynamic profiles here: whoever acts on the event sends UpdateDynamicSchedule.
            Status = ChargingProfileStatus.Rejected,
        })
        .Tell<ReportDERControlRequest, ReportDERControlResponse>("der-controls", _ => new())
        .Tell<VatNumberValidationRequest, VatNumberValidationResponse>("vat-number-presented", request => new()
        {
            // No register is asked: an invoice is nothing that a station waits for.
            VatNumber = request.VatNumber,
            EvseId = request.EvseId,
            Status = GenericStatus.Rejected,
        });

    public static OcppHandler For(OcppStation station) => Guard.Before(Table, station);
}
