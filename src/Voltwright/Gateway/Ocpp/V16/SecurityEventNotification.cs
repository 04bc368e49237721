using Voltwright.Jq;
using Voltwright.Ocpp.V16;

namespace Voltwright.Gateway.Ocpp.V16;

internal static class SecurityEventNotification
{
    public static async Task<SecurityEventNotificationResponse> HandleAsync(
        OcppStation station, SecurityEventNotificationRequest request, CancellationToken cancellation)
    {
        await station.LogAsync("security-event", JsonObject.Of(("type", request.Type), ("techInfo", request.TechInfo)), request.Timestamp);
        return new SecurityEventNotificationResponse();
    }
}
