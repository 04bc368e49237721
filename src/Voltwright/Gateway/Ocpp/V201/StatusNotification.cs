using Voltwright.Ocpp.V201;
using Voltwright.Stations;

namespace Voltwright.Gateway.Ocpp.V201;

/// <summary>The state of a plug. What happens on it is told by TransactionEvent.</summary>
internal static class StatusNotification
{
    public static async Task<StatusNotificationResponse> HandleAsync(
        OcppStation station, StatusNotificationRequest request, CancellationToken cancellation)
    {
        await station.Grain.SlotStatusReported(FactOf(request.EvseId, request.ConnectorStatus, request.Timestamp));
        return new StatusNotificationResponse();
    }

    /// <param name="evse">0 is the station as a whole.</param>
    public static SlotStatusFact FactOf(int evse, ConnectorStatus status, DateTimeOffset at) => new(
        evse > 0 ? evse : null, NameOf(status), null, null, null, at, status == ConnectorStatus.Available ? false : null);

    private static string NameOf(ConnectorStatus status) => status switch
    {
        ConnectorStatus.Available => "available",
        ConnectorStatus.Occupied => "preparing",
        ConnectorStatus.Reserved => "reserved",
        ConnectorStatus.Unavailable => "unavailable",
        _ => "faulted",
    };
}
