using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Voltwright.Ocpp.V201;
using static Voltwright.Ocpp.Sender;
using static Voltwright.Ocpp.V201.FunctionalBlock;

namespace Voltwright.Ocpp.V21;

/// <summary>OCPP 2.1: every action of 2.0.1 with its fields of 2.1, and the actions that 2.1 added.</summary>
public static class Ocpp21
{
    public static OcppProtocol Protocol { get; } = new(OcppVersion.V21, Json(),
    [
        .. Ocpp201.MessagesIn(OcppVersion.V21),
        Row<AFRRSignalRequest, AFRRSignalResponse>(ManagementSystem, BidirectionalPowerTransfer),
        Row<AdjustPeriodicEventStreamRequest, AdjustPeriodicEventStreamResponse>(ManagementSystem, Diagnostics),
        Row<BatterySwapRequest, BatterySwapResponse>(Station, BatterySwapping),
        Row<ChangeTransactionTariffRequest, ChangeTransactionTariffResponse>(ManagementSystem, TariffAndCost),
        Row<ClearDERControlRequest, ClearDERControlResponse>(ManagementSystem, DERControl),
        Row<ClearTariffsRequest, ClearTariffsResponse>(ManagementSystem, TariffAndCost),
        Row<ClosePeriodicEventStreamRequest, ClosePeriodicEventStreamResponse>(Station, Diagnostics),
        Row<GetCertificateChainStatusRequest, GetCertificateChainStatusResponse>(Station, CertificateManagement),
        Row<GetDERControlRequest, GetDERControlResponse>(ManagementSystem, DERControl),
        Row<GetPeriodicEventStreamRequest, GetPeriodicEventStreamResponse>(ManagementSystem, Diagnostics),
        Row<GetTariffsRequest, GetTariffsResponse>(ManagementSystem, TariffAndCost),
        Row<NotifyAllowedEnergyTransferRequest, NotifyAllowedEnergyTransferResponse>(ManagementSystem, BidirectionalPowerTransfer),
        Row<NotifyDERAlarmRequest, NotifyDERAlarmResponse>(Station, DERControl),
        Row<NotifyDERStartStopRequest, NotifyDERStartStopResponse>(Station, DERControl),
        Row<NotifyPeriodicEventStreamRequest, NoResponse>(Station, Diagnostics),
        Row<NotifyPriorityChargingRequest, NotifyPriorityChargingResponse>(Station, SmartCharging),
        Row<NotifySettlementRequest, NotifySettlementResponse>(Station, TariffAndCost),
        Row<NotifyWebPaymentStartedRequest, NotifyWebPaymentStartedResponse>(ManagementSystem, TariffAndCost),
        Row<OpenPeriodicEventStreamRequest, OpenPeriodicEventStreamResponse>(Station, Diagnostics),
        Row<PullDynamicScheduleUpdateRequest, PullDynamicScheduleUpdateResponse>(Station, SmartCharging),
        Row<ReportDERControlRequest, ReportDERControlResponse>(Station, DERControl),
        Row<RequestBatterySwapRequest, RequestBatterySwapResponse>(ManagementSystem, BatterySwapping),
        Row<SetDERControlRequest, SetDERControlResponse>(ManagementSystem, DERControl),
        Row<SetDefaultTariffRequest, SetDefaultTariffResponse>(ManagementSystem, TariffAndCost),
        Row<UpdateDynamicScheduleRequest, UpdateDynamicScheduleResponse>(ManagementSystem, SmartCharging),
        Row<UsePriorityChargingRequest, UsePriorityChargingResponse>(ManagementSystem, SmartCharging),
        Row<VatNumberValidationRequest, VatNumberValidationResponse>(Station, TariffAndCost),
    ]);

    static OcppMessage Row<TRequest, TResponse>(Sender sender, FunctionalBlock block) where TRequest : IOcppRequest<TResponse> =>
        OcppMessage.Of<TRequest, TResponse>(OcppVersion.V21, sender, block.ToString());

    static JsonSerializerOptions Json() => new(V21Json.Default.Options)
    {
        TypeInfoResolver = JsonTypeInfoResolver.Combine(V21Json.Default, V201Json.Default),
    };
}
