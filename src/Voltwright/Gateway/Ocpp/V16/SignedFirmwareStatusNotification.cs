using Voltwright.Jq;
using Voltwright.Ocpp.V16;

namespace Voltwright.Gateway.Ocpp.V16;

internal static class SignedFirmwareStatusNotification
{
    public static async Task<SignedFirmwareStatusNotificationResponse> HandleAsync(
        OcppStation station, SignedFirmwareStatusNotificationRequest request, CancellationToken cancellation)
    {
        await station.LogAsync("signed-firmware-status", JsonObject.Of(
            ("status", request.Status.ToString()), ("requestId", request.RequestId is { } id ? id : default(JsonValue))));
        return new SignedFirmwareStatusNotificationResponse();
    }
}
