using Voltwright.Ocpp.V16;

namespace Voltwright.Gateway.Ocpp.V16;

internal static class DiagnosticsStatusNotification
{
    public static async Task<DiagnosticsStatusNotificationResponse> HandleAsync(
        OcppStation station, DiagnosticsStatusNotificationRequest request, CancellationToken cancellation)
    {
        await station.Grain.LogReported(null, Words.Of(request.Status));
        return new DiagnosticsStatusNotificationResponse();
    }
}
