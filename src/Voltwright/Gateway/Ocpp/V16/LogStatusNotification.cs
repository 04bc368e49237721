using Voltwright.Jq;
using Voltwright.Ocpp.V16;

namespace Voltwright.Gateway.Ocpp.V16;

internal static class LogStatusNotification
{
    public static async Task<LogStatusNotificationResponse> HandleAsync(
        OcppStation station, LogStatusNotificationRequest request, CancellationToken cancellation)
    {
        await station.LogAsync("log-status", JsonObject.Of(
            ("status", request.Status.ToString()), ("requestId", request.RequestId is { } id ? id : default(JsonValue))));
        return new LogStatusNotificationResponse();
    }
}
