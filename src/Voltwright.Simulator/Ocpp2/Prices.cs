using Voltwright.Ocpp.V21;
using Voltwright.Ocpp.V201.Types;

namespace Voltwright.Simulator.Ocpp2;

/// <summary>Tariffs, and which ways of transfer a driver may use: 2.1 only.</summary>
static class Prices
{
    public static SetDefaultTariffResponse SetDefault(Ocpp2Station station, SetDefaultTariffRequest request)
    {
        if (request.EvseId > station.Evses.Count) return new() { Status = TariffSetStatus.Rejected };
        station.Tariffs.SetDefault(request.EvseId, request.Tariff);
        return new() { Status = TariffSetStatus.Accepted };
    }

    public static GetTariffsResponse Get(Ocpp2Station station, GetTariffsRequest request)
    {
        var found = station.Tariffs.Find(request.EvseId);
        return found.Count > 0
            ? new() { Status = TariffGetStatus.Accepted, TariffAssignments = found }
            : new() { Status = TariffGetStatus.NoTariff };
    }

    public static ChangeTransactionTariffResponse Change(Ocpp2Station station, ChangeTransactionTariffRequest request) => new()
    {
        Status = station.FindTransaction(request.TransactionId) is null ? TariffChangeStatus.TxNotFound : TariffChangeStatus.Accepted,
    };

    public static NotifyAllowedEnergyTransferResponse Allow(Ocpp2Station station, NotifyAllowedEnergyTransferRequest request) => new()
    {
        Status = station.FindTransaction(request.TransactionId) is not null
            && request.AllowedEnergyTransfer.Contains(EnergyTransferMode.ACThreePhase)
                ? NotifyAllowedEnergyTransferStatus.Accepted
                : NotifyAllowedEnergyTransferStatus.Rejected,
    };
}
