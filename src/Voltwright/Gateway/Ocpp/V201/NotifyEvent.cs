using Voltwright.Ocpp.V201;
using Voltwright.Ocpp.V201.Types;
using Voltwright.Stations;

namespace Voltwright.Gateway.Ocpp.V201;

/// <summary>Events of the device model: told on as they are; those that say that something fails, or works again, are facts besides.</summary>
internal static class NotifyEvent
{
    public static async Task<NotifyEventResponse> HandleAsync(OcppStation station, NotifyEventRequest request, CancellationToken cancellation)
    {
        await station.TellAsync("device-events", request);
        foreach (var data in request.EventData)
        {
            if (await FactOfAsync(station, data) is { } fact)
                await station.Grain.SlotStatusReported(fact);
        }

        return new NotifyEventResponse();
    }

    private static async Task<SlotStatusFact?> FactOfAsync(OcppStation station, EventData data)
    {
        var evse = data.Component.Evse?.Id ?? 0;
        switch (data.Variable.Name)
        {
            case "AvailabilityState" when Enum.TryParse<ConnectorStatus>(data.ActualValue, out var status):
                return StatusNotification.FactOf(evse, status, data.Timestamp);
            case "Problem" or "Tripped" when IsTrue(data.ActualValue) && data.Cleared != true:
                return new SlotStatusFact(
                    evse > 0 ? evse : null, "faulted", data.TechCode ?? $"{data.Component.Name}{data.Variable.Name}", data.TechInfo, data.TechCode,
                    data.Timestamp);
            case "Problem" or "Tripped":
                return await RecoveryAsync(station, evse, data.Timestamp);
            default:
                return null;
        }
    }

    /// <summary>What a slot that works again does is not told with it: it charges if it did.</summary>
    private static async Task<SlotStatusFact?> RecoveryAsync(OcppStation station, int evse, DateTimeOffset at)
    {
        if (await station.Grain.Get() is not { } known)
            return null;
        if (evse == 0)
            return known.Fault is null ? null : new SlotStatusFact(null, "available", null, null, null, at);
        return known.Slots.FirstOrDefault(slot => slot.Number == evse) is { Fault: not null } slot
            ? new SlotStatusFact(evse, slot.Charging ? "charging" : "available", null, null, null, at)
            : null;
    }

    private static bool IsTrue(string value) => value.Equals("true", StringComparison.OrdinalIgnoreCase);
}
