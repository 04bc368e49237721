using System.Collections.Concurrent;
using Voltwright.Ocpp.V201;
using Voltwright.Ocpp.V201.Types;

namespace Voltwright.Simulator.Ocpp2;

/// <summary>Offers firmware to the stations around it, as a local controller does. OCPP 2.0.1 part 2, L03 and L04.</summary>
sealed class LocalController
{
    static readonly TimeSpan Step = TimeSpan.FromSeconds(30);
    readonly ConcurrentDictionary<string, string> _published = new(StringComparer.OrdinalIgnoreCase);

    public static PublishFirmwareResponse Publish(Ocpp2Station station, PublishFirmwareRequest request)
    {
        if (!Uri.TryCreate(request.Location, UriKind.Absolute, out var location)) return new() { Status = GenericStatus.Rejected };
        station.Later(async () =>
        {
            foreach (var status in new[] { PublishFirmwareStatus.Downloading, PublishFirmwareStatus.Downloaded, PublishFirmwareStatus.ChecksumVerified })
            {
                station.Send(new PublishFirmwareStatusNotificationRequest { Status = status, RequestId = request.RequestId });
                await station.Clock.Delay(Step, station.SwitchedOff);
            }

            var address = $"http://{station.Id.ToLowerInvariant()}.local/{Path.GetFileName(location.AbsolutePath)}";
            station.LocalController._published[request.Checksum] = address;
            station.Send(new PublishFirmwareStatusNotificationRequest
            {
                Status = PublishFirmwareStatus.Published, Location = [address], RequestId = request.RequestId,
            });
        });
        return new() { Status = GenericStatus.Accepted };
    }

    public UnpublishFirmwareResponse Unpublish(UnpublishFirmwareRequest request) => new()
    {
        Status = _published.TryRemove(request.Checksum, out _) ? UnpublishFirmwareStatus.Unpublished : UnpublishFirmwareStatus.NoFirmware,
    };
}
