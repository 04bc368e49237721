using Voltwright.Ocpp.V16;

namespace Voltwright.Gateway.Ocpp.V16;

internal static class SignedFirmwareStatusNotification
{
    public static async Task<SignedFirmwareStatusNotificationResponse> HandleAsync(
        OcppStation station, SignedFirmwareStatusNotificationRequest request, CancellationToken cancellation)
    {
        await station.Grain.FirmwareReported(request.RequestId, Words.Of(request.Status));
        return new SignedFirmwareStatusNotificationResponse();
    }
}
