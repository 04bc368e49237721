using Voltwright.Ocpp.V16;
using Voltwright.Stations;

namespace Voltwright.Gateway.Ocpp.V16;

internal static class BootNotification
{
    public static async Task<BootNotificationResponse> HandleAsync(
        OcppStation station, BootNotificationRequest request, CancellationToken cancellation)
    {
        var serial = request.ChargePointSerialNumber ?? request.ChargeBoxSerialNumber;
        await station.Grain.Booted(
            station.LinkId, new BootFact(request.ChargePointVendor, request.ChargePointModel, serial, request.FirmwareVersion));
        var (isPending, interval) = await station.RegisterAsync();
        return new BootNotificationResponse
        {
            CurrentTime = station.Now,
            Interval = interval,
            Status = isPending ? RegistrationStatus.Pending : RegistrationStatus.Accepted,
        };
    }
}
