using Voltwright.Ocpp.V16.Types;
using Voltwright.Simulator.State;

namespace Voltwright.Simulator.Ocpp;

static class StatusMapping
{
    public static ChargePointStatus ToOcpp(SlotStatus status) => status switch
    {
        SlotStatus.Available => ChargePointStatus.Available,
        SlotStatus.Preparing => ChargePointStatus.Preparing,
        SlotStatus.Charging => ChargePointStatus.Charging,
        SlotStatus.SuspendedByCar => ChargePointStatus.SuspendedEV,
        SlotStatus.SuspendedByStation => ChargePointStatus.SuspendedEVSE,
        SlotStatus.Finishing => ChargePointStatus.Finishing,
        SlotStatus.Reserved => ChargePointStatus.Reserved,
        SlotStatus.Unavailable => ChargePointStatus.Unavailable,
        SlotStatus.Faulted => ChargePointStatus.Faulted,
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, null),
    };

    /// <summary>The transitions that OCPP 1.6 §4.9 allows.</summary>
    public static bool IsLegal(SlotStatus from, SlotStatus to) => (from, to) switch
    {
        (_, SlotStatus.Faulted or SlotStatus.Unavailable) => true,
        (SlotStatus.Faulted, _) => true,
        (SlotStatus.Available, SlotStatus.Finishing) => false,
        (SlotStatus.Available, _) => true,
        (SlotStatus.Preparing, SlotStatus.Reserved) => false,
        (SlotStatus.Preparing, _) => true,
        (SlotStatus.Charging or SlotStatus.SuspendedByCar or SlotStatus.SuspendedByStation, _) =>
            to is not (SlotStatus.Preparing or SlotStatus.Reserved),
        (SlotStatus.Finishing, SlotStatus.Available or SlotStatus.Preparing) => true,
        (SlotStatus.Reserved, SlotStatus.Available or SlotStatus.Preparing) => true,
        (SlotStatus.Unavailable, SlotStatus.Finishing or SlotStatus.Reserved) => false,
        (SlotStatus.Unavailable, _) => true,
        _ => false,
    };
}
