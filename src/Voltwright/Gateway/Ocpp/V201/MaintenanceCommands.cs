using Voltwright.Jq;
using Voltwright.Ocpp.V201;
using Voltwright.Ocpp.V201.Types;

namespace Voltwright.Gateway.Ocpp.V201;

/// <summary>Firmware and logs.</summary>
internal static class MaintenanceCommands
{
    public static Task<CommandOutcome> UpdateFirmwareAsync(
        this Ocpp2Link link, StationCommand.UpdateFirmware command, CancellationToken cancellation) => link.CallAsync(
        new UpdateFirmwareRequest
        {
            RequestId = command.RequestId,
            Retries = command.Campaign.Retries,
            RetryInterval = command.Campaign.RetryIntervalSeconds,
            Firmware = new Firmware
            {
                Location = command.Campaign.Location,
                RetrieveDateTime = command.Campaign.RetrieveAt,
                InstallDateTime = command.Campaign.InstallAt,
                SigningCertificate = command.Campaign.SigningCertificate,
                Signature = command.Campaign.Signature,
            },
        },
        r => r.Status == UpdateFirmwareStatus.AcceptedCanceled ? OcppLink.Accept(r.Status) : OcppLink.Judge(r.Status),
        cancellation);

    public static Task<CommandOutcome> FetchLogAsync(
        this Ocpp2Link link, StationCommand.FetchLog command, CancellationToken cancellation) => link.CallAsync(
        new GetLogRequest
        {
            LogType = command.Kind == "security" ? LogType.SecurityLog : LogType.DiagnosticsLog,
            RequestId = command.RequestId,
            Log = new LogParameters
            {
                RemoteLocation = command.UploadTo.ToString(), OldestTimestamp = command.From, LatestTimestamp = command.To,
            },
        },
        r => r.Status == LogStatus.Rejected
            ? OcppLink.Judge(r.Status)
            : new CommandOutcome.Accepted(JsonObject.Of(("fileName", r.Filename))),
        cancellation);
}
