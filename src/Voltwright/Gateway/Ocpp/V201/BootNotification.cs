using Voltwright.Ocpp.V201;
using Voltwright.Stations;

namespace Voltwright.Gateway.Ocpp.V201;

internal static class BootNotification
{
    public static async Task<BootNotificationResponse> HandleAsync(
        OcppStation station, BootNotificationRequest request, CancellationToken cancellation)
    {
        var built = request.ChargingStation;
        await station.Grain.Booted(station.LinkId, new BootFact(built.VendorName, built.Model, built.SerialNumber, built.FirmwareVersion));
        var (isPending, interval) = await station.RegisterAsync();
        return new BootNotificationResponse
        {
            CurrentTime = station.Now,
            Interval = interval,
            Status = isPending ? RegistrationStatus.Pending : RegistrationStatus.Accepted,
        };
    }
}
