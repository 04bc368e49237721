using Voltwright.Ocpp.V201;
using Voltwright.Ocpp.V201.Types;
using Voltwright.Simulator.State;

namespace Voltwright.Simulator.Ocpp2;

/// <summary>Firmware in simulated time, of which nothing is downloaded: the new version is the file's name. Logs are really sent.</summary>
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
        var name = $"{station.Id}-{request.LogType}.log";
        station.Later(async () =>
        {
            Tell(UploadLogStatus.Uploading);
            var arrived = await LogUpload.SendAsync(request.Log.RemoteLocation, name, station.Id, station.Clock.Now, station.SwitchedOff);
            Tell(arrived ? UploadLogStatus.Uploaded : UploadLogStatus.UploadFailure);
        });
        return new() { Status = LogStatus.Accepted, Filename = name };

        void Tell(UploadLogStatus status) => station.Send(new LogStatusNotificationRequest { Status = status, RequestId = request.RequestId });
    }
}
