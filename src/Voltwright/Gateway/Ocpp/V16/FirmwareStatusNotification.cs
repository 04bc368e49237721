using Voltwright.Jq;
using Voltwright.Ocpp.V16;

namespace Voltwright.Gateway.Ocpp.V16;

internal static class FirmwareStatusNotification
{
    public static async Task<FirmwareStatusNotificationResponse> HandleAsync(
        OcppStation station, FirmwareStatusNotificationRequest request, CancellationToken cancellation)
    {
        await station.LogAsync("firmware-status", JsonObject.Of(("status", request.Status.ToString())));
        return new FirmwareStatusNotificationResponse();
    }
}
