using Voltwright.Ocpp.V16;
using Voltwright.Ocpp.V16.Types;
using Voltwright.Stations;

namespace Voltwright.Gateway.Ocpp.V16;

internal static class StatusNotification
{
    public static async Task<StatusNotificationResponse> HandleAsync(
        OcppStation station, StatusNotificationRequest request, CancellationToken cancellation)
    {
        await station.Grain.SlotStatusReported(ToFact(request, station.Now));
        return new StatusNotificationResponse();
    }

    public static SlotStatusFact ToFact(StatusNotificationRequest request, DateTimeOffset now) => new(
        request.ConnectorId == 0 ? null : request.ConnectorId,
        NameOf(request.Status),
        request.ErrorCode == ChargePointErrorCode.NoError ? null : request.ErrorCode.ToString(),
        request.Info,
        request.VendorErrorCode,
        request.Timestamp ?? now,
        LockedIn(request));

    private static string NameOf(ChargePointStatus status) => status switch
    {
        ChargePointStatus.Available => "available",
        ChargePointStatus.Preparing => "preparing",
        ChargePointStatus.Charging => "charging",
        ChargePointStatus.SuspendedEV => "suspended",
        ChargePointStatus.SuspendedEVSE => "suspended-by-station",
        ChargePointStatus.Finishing => "finishing",
        ChargePointStatus.Reserved => "reserved",
        ChargePointStatus.Unavailable => "unavailable",
        _ => "faulted",
    };

    // 1.6 never tells of the lock itself: a station that charges has locked the plug, one that is available has let it go.
    private static bool? LockedIn(StatusNotificationRequest request) => request switch
    {
        { ErrorCode: ChargePointErrorCode.ConnectorLockFailure } => false,
        { Status: ChargePointStatus.Charging or ChargePointStatus.SuspendedEV or ChargePointStatus.SuspendedEVSE } => true,
        { Status: ChargePointStatus.Available } => false,
        _ => null,
    };
}
