using Voltwright.Ocpp.V16;
using Voltwright.Ocpp.V16.Types;

namespace Voltwright.Ocpp.Tests.V16;

public class SecurityMessageTests
{
    const string HashText = """{"hashAlgorithm":"SHA256","issuerNameHash":"aa","issuerKeyHash":"bb","serialNumber":"1f"}""";

    static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    static readonly CertificateHashData Hash = new()
    {
        HashAlgorithm = HashAlgorithm.SHA256,
        IssuerNameHash = "aa",
        IssuerKeyHash = "bb",
        SerialNumber = "1f",
    };

    [Fact]
    public void SignCertificate_OnTheWire_IsAsSpecified()
    {
        Wire.Request(new SignCertificateRequest { Csr = "PEM" }, """{"csr":"PEM"}""");
        Wire.Response(new SignCertificateResponse { Status = GenericStatus.Accepted }, """{"status":"Accepted"}""");
    }

    [Fact]
    public void CertificateSigned_OnTheWire_IsAsSpecified()
    {
        Wire.Request(new CertificateSignedRequest { CertificateChain = "PEM" }, """{"certificateChain":"PEM"}""");
        Wire.Response(new CertificateSignedResponse { Status = CertificateSignedStatus.Rejected }, """{"status":"Rejected"}""");
    }

    [Fact]
    public void InstallCertificate_OnTheWire_IsAsSpecified()
    {
        Wire.Request(
            new InstallCertificateRequest { CertificateType = CertificateUse.ManufacturerRootCertificate, Certificate = "PEM" },
            """{"certificateType":"ManufacturerRootCertificate","certificate":"PEM"}""");
        Wire.Response(new InstallCertificateResponse { Status = CertificateStatus.Failed }, """{"status":"Failed"}""");
    }

    [Fact]
    public void DeleteCertificate_OnTheWire_IsAsSpecified()
    {
        Wire.Request(new DeleteCertificateRequest { CertificateHashData = Hash }, $$"""{"certificateHashData":{{HashText}}}""");
        Wire.Response(new DeleteCertificateResponse { Status = DeleteCertificateStatus.NotFound }, """{"status":"NotFound"}""");
    }

    [Fact]
    public void GetInstalledCertificateIds_OnTheWire_IsAsSpecified()
    {
        Wire.Request(
            new GetInstalledCertificateIdsRequest { CertificateType = CertificateUse.CentralSystemRootCertificate },
            """{"certificateType":"CentralSystemRootCertificate"}""");
        Wire.Response(
            new GetInstalledCertificateIdsResponse { CertificateHashData = [Hash], Status = GetInstalledCertificateStatus.Accepted },
            $$"""{"certificateHashData":[{{HashText}}],"status":"Accepted"}""");
    }

    [Fact]
    public void GetLog_OnTheWire_IsAsSpecified()
    {
        Wire.Request(
            new GetLogRequest
            {
                Log = new LogParameters { RemoteLocation = "https://files.example", OldestTimestamp = Noon, LatestTimestamp = Noon },
                LogType = LogType.SecurityLog,
                RequestId = 4,
                Retries = 1,
                RetryInterval = 2,
            },
            """
            {"log":{"remoteLocation":"https://files.example","oldestTimestamp":"2026-11-22T12:00:00.000Z",
            "latestTimestamp":"2026-11-22T12:00:00.000Z"},"logType":"SecurityLog","requestId":4,"retries":1,"retryInterval":2}
            """);
        Wire.Response(
            new GetLogResponse { Status = LogStatus.AcceptedCanceled, Filename = "security.log" },
            """{"status":"AcceptedCanceled","filename":"security.log"}""");
    }

    [Fact]
    public void LogStatusNotification_OnTheWire_IsAsSpecified()
    {
        foreach (var status in Enum.GetValues<UploadLogStatus>())
        {
            Wire.Request(
                new LogStatusNotificationRequest { Status = status, RequestId = 4 },
                $$"""{"status":"{{status}}","requestId":4}""");
        }

        Wire.Response(new LogStatusNotificationResponse(), "{}");
    }

    [Fact]
    public void SecurityEventNotification_OnTheWire_IsAsSpecified()
    {
        Wire.Request(
            new SecurityEventNotificationRequest { Type = "InvalidFirmwareSignature", Timestamp = Noon, TechInfo = "sha" },
            """{"type":"InvalidFirmwareSignature","timestamp":"2026-11-22T12:00:00.000Z","techInfo":"sha"}""");
        Wire.Response(new SecurityEventNotificationResponse(), "{}");
    }

    [Fact]
    public void ExtendedTriggerMessage_OnTheWire_IsAsSpecified()
    {
        foreach (var message in Enum.GetValues<ExtendedMessageTrigger>())
        {
            Wire.Request(
                new ExtendedTriggerMessageRequest { RequestedMessage = message, ConnectorId = 1 },
                $$"""{"requestedMessage":"{{message}}","connectorId":1}""");
        }

        Wire.Response(
            new ExtendedTriggerMessageResponse { Status = ExtendedTriggerMessageStatus.Rejected },
            """{"status":"Rejected"}""");
    }
}
