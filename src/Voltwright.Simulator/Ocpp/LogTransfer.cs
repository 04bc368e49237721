using Voltwright.Ocpp.V16;
using Voltwright.Ocpp.V16.Types;
using Voltwright.Simulator.State;

namespace Voltwright.Simulator.Ocpp;

/// <summary>Uploads the station's log, by the message of 1.6 itself and by that of its security whitepaper.</summary>
static class LogTransfer
{
    public static Task<GetDiagnosticsResponse> DiagnosticsAsync(
        OcppStation station, GetDiagnosticsRequest request, CancellationToken cancellation)
    {
        var name = $"{station.Id}-diagnostics.log";
        station.Later(async () =>
        {
            station.Send(new DiagnosticsStatusNotificationRequest { Status = DiagnosticsStatus.Uploading });
            var arrived = await LogUpload.SendAsync(request.Location, name, station.Id, station.Clock.Now, station.SwitchedOff);
            station.Send(new DiagnosticsStatusNotificationRequest
            {
                Status = arrived ? DiagnosticsStatus.Uploaded : DiagnosticsStatus.UploadFailed,
            });
        });
        return Task.FromResult(new GetDiagnosticsResponse { FileName = name });
    }

    public static Task<GetLogResponse> LogAsync(OcppStation station, GetLogRequest request, CancellationToken cancellation)
    {
        var name = $"{station.Id}-{request.LogType}.log";
        station.Later(async () =>
        {
            station.Send(new LogStatusNotificationRequest { Status = UploadLogStatus.Uploading, RequestId = request.RequestId });
            var arrived = await LogUpload.SendAsync(request.Log.RemoteLocation, name, station.Id, station.Clock.Now, station.SwitchedOff);
            station.Send(new LogStatusNotificationRequest
            {
                Status = arrived ? UploadLogStatus.Uploaded : UploadLogStatus.UploadFailure,
                RequestId = request.RequestId,
            });
        });
        return Task.FromResult(new GetLogResponse { Status = LogStatus.Accepted, Filename = name });
    }
}
