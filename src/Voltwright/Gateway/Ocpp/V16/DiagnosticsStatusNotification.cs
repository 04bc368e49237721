using Voltwright.Jq;
using Voltwright.Ocpp.V16;

namespace Voltwright.Gateway.Ocpp.V16;

internal static class DiagnosticsStatusNotification
{
    public static async Task<DiagnosticsStatusNotificationResponse> HandleAsync(
        OcppStation station, DiagnosticsStatusNotificationRequest request, CancellationToken cancellation)
    {
        await station.LogAsync("diagnostics-status", JsonObject.Of(("status", request.Status.ToString())));
        return new DiagnosticsStatusNotificationResponse();
    }
}
