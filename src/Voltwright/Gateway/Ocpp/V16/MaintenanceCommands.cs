using Voltwright.Jq;
using Voltwright.Ocpp.V16;
using Voltwright.Ocpp.V16.Types;

namespace Voltwright.Gateway.Ocpp.V16;

/// <summary>Firmware and logs: the messages of the security whitepaper where they are needed or known, those of 1.6 else.</summary>
internal static class MaintenanceCommands
{
    public static Task<CommandOutcome> UpdateFirmwareAsync(
        this OcppStationLink link, StationCommand.UpdateFirmware command, CancellationToken cancellation)
    {
        var campaign = command.Campaign;
        return campaign is { Signature: { } signature, SigningCertificate: { } certificate }
            ? link.CallAsync(
                new SignedUpdateFirmwareRequest
                {
                    RequestId = command.RequestId,
                    Retries = campaign.Retries,
                    RetryInterval = campaign.RetryIntervalSeconds,
                    Firmware = new Firmware
                    {
                        Location = campaign.Location,
                        RetrieveDateTime = campaign.RetrieveAt,
                        InstallDateTime = campaign.InstallAt,
                        SigningCertificate = certificate,
                        Signature = signature,
                    },
                },
                r => r.Status is UpdateFirmwareStatus.Accepted or UpdateFirmwareStatus.AcceptedCanceled
                    ? OcppStationLink.Accept(r.Status)
                    : OcppStationLink.Judge(r.Status),
                cancellation)
            : link.CallAsync(
                new UpdateFirmwareRequest
                {
                    Location = campaign.Location,
                    RetrieveDate = campaign.RetrieveAt,
                    Retries = campaign.Retries,
                    RetryInterval = campaign.RetryIntervalSeconds,
                },
                _ => new CommandOutcome.Accepted(JsonObject.Empty),
                cancellation);
    }

    public static async Task<CommandOutcome> FetchLogAsync(
        this OcppStationLink link, StationCommand.FetchLog command, CancellationToken cancellation)
    {
        var asked = await link.CallAsync(
            new GetLogRequest
            {
                LogType = command.Kind == "security" ? LogType.SecurityLog : LogType.DiagnosticsLog,
                RequestId = command.RequestId,
                Log = new LogParameters
                {
                    RemoteLocation = command.UploadTo.ToString(), OldestTimestamp = command.From, LatestTimestamp = command.To,
                },
            },
            r => r.Status is LogStatus.Rejected ? OcppStationLink.Judge(r.Status) : Named(r.Filename),
            cancellation);

        // A station without the security extension has diagnostics all the same.
        return asked is CommandOutcome.Unsupported && command.Kind == "diagnostics" ? await DiagnosticsAsync(link, command, cancellation) : asked;
    }

    private static Task<CommandOutcome> DiagnosticsAsync(
        OcppStationLink link, StationCommand.FetchLog command, CancellationToken cancellation) => link.CallAsync(
        new GetDiagnosticsRequest { Location = command.UploadTo.ToString(), StartTime = command.From, StopTime = command.To },
        r => r.FileName is null ? new CommandOutcome.Rejected("The station has nothing to upload.") : Named(r.FileName),
        cancellation);

    private static CommandOutcome.Accepted Named(string? file) => new(JsonObject.Of(("fileName", file)));
}
