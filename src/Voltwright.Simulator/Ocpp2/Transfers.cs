using Voltwright.Ocpp.V201;
using Voltwright.Ocpp.V201.Types;

namespace Voltwright.Simulator.Ocpp2;

/// <summary>Firmware and logs in simulated time: nothing is downloaded or uploaded, the new version is the file's name.</summary>
static class Transfers
{
    static readonly TimeSpan Step = TimeSpan.FromSeconds(30);

    public static UpdateFirmwareResponse Firmware(Ocpp2Station station, UpdateFirmwareRequest request)
    {
        if (!Uri.TryCreate(request.Firmware.Location, UriKind.Absolute, out var location))
            return new() { Status = UpdateFirmwareStatus.Rejected };
        station.Later(async () =>
        {
            foreach (var status in new[] { FirmwareStatus.Downloading, FirmwareStatus.Downloaded, FirmwareStatus.Installing })
            {
                Tell(status);
                await station.Clock.Delay(Step, station.SwitchedOff);
            }

            var name = Path.GetFileNameWithoutExtension(location.AbsolutePath);
            station.Firmware = name.Length is > 0 and <= 50 ? name : station.Firmware;
            await station.RebootAsync(BootReason.FirmwareUpdate, Reason.Reboot);
            await station.ReadyAsync();
            Tell(FirmwareStatus.Installed);
        });
        return new() { Status = UpdateFirmwareStatus.Accepted };

        void Tell(FirmwareStatus status) =>
            station.Send(new FirmwareStatusNotificationRequest { Status = status, RequestId = request.RequestId });
    }

    public static GetLogResponse Log(Ocpp2Station station, GetLogRequest request)
    {
        station.Later(async () =>
        {
            foreach (var status in new[] { UploadLogStatus.Uploading, UploadLogStatus.Uploaded })
            {
                station.Send(new LogStatusNotificationRequest { Status = status, RequestId = request.RequestId });
                await station.Clock.Delay(Step, station.SwitchedOff);
            }
        });
        return new() { Status = LogStatus.Accepted, Filename = $"{station.Id}-{request.LogType}.log" };
    }
}
