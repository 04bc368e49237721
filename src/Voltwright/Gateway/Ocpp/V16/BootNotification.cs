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
        return new BootNotificationResponse
        {
            CurrentTime = station.Now,
            Interval = IntervalOf(station),
            Status = RegistrationStatus.Accepted,
        };
    }

    // 1.6 has no back-off: stations of one site that boot together would send their heartbeats together for ever.
    internal static int IntervalOf(OcppStation station)
    {
        var seconds = (int)station.Options.HeartbeatInterval.TotalSeconds;
        var spread = Math.Max(1, seconds / 10);
        return seconds - (station.Id.Sum(c => c) * 31 % spread);
    }
}
