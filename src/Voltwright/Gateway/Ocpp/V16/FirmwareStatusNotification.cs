using Voltwright.Ocpp.V16;

namespace Voltwright.Gateway.Ocpp.V16;

internal static class FirmwareStatusNotification
{
    public static async Task<FirmwareStatusNotificationResponse> HandleAsync(
        OcppStation station, FirmwareStatusNotificationRequest request, CancellationToken cancellation)
    {
        await station.Grain.FirmwareReported(null, Words.Of(request.Status));
        return new FirmwareStatusNotificationResponse();
    }
}
