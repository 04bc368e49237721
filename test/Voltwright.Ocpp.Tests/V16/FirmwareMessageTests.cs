using Voltwright.Ocpp.V16;
using Voltwright.Ocpp.V16.Types;

namespace Voltwright.Ocpp.Tests.V16;

public class FirmwareMessageTests
{
    static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void UpdateFirmware_OnTheWire_IsAsSpecified()
    {
        Wire.Request(
            new UpdateFirmwareRequest { Location = "ftp://files.example/fw.bin", Retries = 3, RetrieveDate = Noon, RetryInterval = 60 },
            """
            {"location":"ftp://files.example/fw.bin","retries":3,"retrieveDate":"2026-11-22T12:00:00.000Z","retryInterval":60}
            """);
        Wire.Response(new UpdateFirmwareResponse(), "{}");
    }

    [Fact]
    public void FirmwareStatusNotification_OnTheWire_IsAsSpecified()
    {
        foreach (var status in Enum.GetValues<FirmwareStatus>())
            Wire.Request(new FirmwareStatusNotificationRequest { Status = status }, $$"""{"status":"{{status}}"}""");
        Wire.Response(new FirmwareStatusNotificationResponse(), "{}");
    }

    [Fact]
    public void GetDiagnostics_OnTheWire_IsAsSpecified()
    {
        Wire.Request(
            new GetDiagnosticsRequest
            {
                Location = "https://files.example/up",
                Retries = 1,
                RetryInterval = 2,
                StartTime = Noon,
                StopTime = Noon.AddHours(1),
            },
            """
            {"location":"https://files.example/up","retries":1,"retryInterval":2,
            "startTime":"2026-11-22T12:00:00.000Z","stopTime":"2026-11-22T13:00:00.000Z"}
            """);
        Wire.Response(new GetDiagnosticsResponse { FileName = "log.zip" }, """{"fileName":"log.zip"}""");
    }

    [Fact]
    public void DiagnosticsStatusNotification_OnTheWire_IsAsSpecified()
    {
        foreach (var status in Enum.GetValues<DiagnosticsStatus>())
            Wire.Request(new DiagnosticsStatusNotificationRequest { Status = status }, $$"""{"status":"{{status}}"}""");
        Wire.Response(new DiagnosticsStatusNotificationResponse(), "{}");
    }

    [Fact]
    public void SignedUpdateFirmware_OnTheWire_IsAsSpecified()
    {
        Wire.Request(
            new SignedUpdateFirmwareRequest
            {
                Retries = 1,
                RetryInterval = 2,
                RequestId = 3,
                Firmware = new Firmware
                {
                    Location = "https://files.example/fw.bin",
                    RetrieveDateTime = Noon,
                    InstallDateTime = Noon.AddHours(1),
                    SigningCertificate = "PEM",
                    Signature = "c2ln",
                },
            },
            """
            {"retries":1,"retryInterval":2,"requestId":3,"firmware":{"location":"https://files.example/fw.bin",
            "retrieveDateTime":"2026-11-22T12:00:00.000Z","installDateTime":"2026-11-22T13:00:00.000Z",
            "signingCertificate":"PEM","signature":"c2ln"}}
            """);
        Wire.Response(
            new SignedUpdateFirmwareResponse { Status = UpdateFirmwareStatus.AcceptedCanceled },
            """{"status":"AcceptedCanceled"}""");
    }

    [Fact]
    public void SignedFirmwareStatusNotification_OnTheWire_IsAsSpecified()
    {
        foreach (var status in Enum.GetValues<SignedFirmwareStatus>())
        {
            Wire.Request(
                new SignedFirmwareStatusNotificationRequest { Status = status, RequestId = 3 },
                $$"""{"status":"{{status}}","requestId":3}""");
        }

        Wire.Response(new SignedFirmwareStatusNotificationResponse(), "{}");
    }
}
