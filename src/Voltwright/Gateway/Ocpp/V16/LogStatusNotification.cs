using Voltwright.Ocpp.V16;

namespace Voltwright.Gateway.Ocpp.V16;

internal static class LogStatusNotification
{
    public static async Task<LogStatusNotificationResponse> HandleAsync(
        OcppStation station, LogStatusNotificationRequest request, CancellationToken cancellation)
    {
        await station.Grain.LogReported(request.RequestId, Words.Of(request.Status));
        return new LogStatusNotificationResponse();
    }
}
