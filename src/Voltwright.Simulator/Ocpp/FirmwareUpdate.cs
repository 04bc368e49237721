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
        FirmwareStatus[] steps = [FirmwareStatus.Downloading, FirmwareStatus.Downloaded, FirmwareStatus.Installing, FirmwareStatus.Installed];
        station.Later(() => InstallAsync(
            station, new Uri(request.Location), steps, status => station.Send(new FirmwareStatusNotificationRequest { Status = status })));
        return Task.FromResult(new UpdateFirmwareResponse());
    }

    /// <summary>The signature is believed: whether it is good is nothing that a management system can see.</summary>
    public static Task<SignedUpdateFirmwareResponse> HandleSignedAsync(
        OcppStation station, SignedUpdateFirmwareRequest request, CancellationToken cancellation)
    {
        if (!Uri.TryCreate(request.Firmware.Location, UriKind.Absolute, out var location))
            return Task.FromResult(new SignedUpdateFirmwareResponse { Status = UpdateFirmwareStatus.Rejected });
        SignedFirmwareStatus[] steps =
        [
            SignedFirmwareStatus.Downloading, SignedFirmwareStatus.Downloaded, SignedFirmwareStatus.SignatureVerified,
            SignedFirmwareStatus.Installing, SignedFirmwareStatus.Installed,
        ];
        station.Later(() => InstallAsync(station, location, steps, status => station.Send(
            new SignedFirmwareStatusNotificationRequest { Status = status, RequestId = request.RequestId })));
        return Task.FromResult(new SignedUpdateFirmwareResponse { Status = UpdateFirmwareStatus.Accepted });
    }

    /// <summary>All but the last step come before the reboot.</summary>
    static async Task InstallAsync<TStatus>(OcppStation station, Uri location, TStatus[] steps, Action<TStatus> tell)
    {
        foreach (var status in steps[..^1])
        {
            tell(status);
            await station.Clock.Delay(Step, station.SwitchedOff);
        }

        var name = Path.GetFileNameWithoutExtension(location.AbsolutePath);
        station.Firmware = name.Length is > 0 and <= 50 ? name : station.Firmware;
        await station.RebootAsync(Reason.Reboot);
        await station.ReadyAsync();
        tell(steps[^1]);
    }
}
