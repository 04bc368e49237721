using Voltwright.Ocpp.V16;
using Voltwright.Ocpp.V16.Types;

namespace Voltwright.Simulator.Ocpp;

/// <summary>Goes through a firmware update in simulated time: nothing is downloaded, the version becomes the file's name.</summary>
static class FirmwareUpdate
{
    static readonly TimeSpan Step = TimeSpan.FromSeconds(30);

    public static Task<UpdateFirmwareResponse> HandleAsync(
        OcppStation station, UpdateFirmwareRequest request, CancellationToken cancellation)
    {
        station.Later(async () =>
        {
            foreach (var status in new[] { FirmwareStatus.Downloading, FirmwareStatus.Downloaded, FirmwareStatus.Installing })
            {
                station.Send(new FirmwareStatusNotificationRequest { Status = status });
                await station.Clock.Delay(Step, station.SwitchedOff);
            }

            var name = Path.GetFileNameWithoutExtension(new Uri(request.Location).AbsolutePath);
            station.Firmware = name.Length is > 0 and <= 50 ? name : station.Firmware;
            await station.RebootAsync(Reason.Reboot);
            await station.ReadyAsync();
            station.Send(new FirmwareStatusNotificationRequest { Status = FirmwareStatus.Installed });
        });
        return Task.FromResult(new UpdateFirmwareResponse());
    }
}
