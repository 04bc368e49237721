using Voltwright.Ocpp.V16;
using Voltwright.Ocpp.V16.Types;

namespace Voltwright.Ocpp.Tests.V16;

public class CoreMessageTests
{
    static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Authorize_OnTheWire_IsAsSpecified()
    {
        Wire.Request(new AuthorizeRequest { IdTag = "TAG" }, """{"idTag":"TAG"}""");
        Wire.Response(
            new AuthorizeResponse
            {
                IdTagInfo = new IdTagInfo { Status = AuthorizationStatus.Blocked, ParentIdTag = "PARENT", ExpiryDate = Noon },
            },
            """{"idTagInfo":{"expiryDate":"2026-11-22T12:00:00.000Z","parentIdTag":"PARENT","status":"Blocked"}}""");
    }

    [Fact]
    public void BootNotification_OnTheWire_IsAsSpecified()
    {
        Wire.Request(
            new BootNotificationRequest
            {
                ChargeBoxSerialNumber = "1",
                ChargePointModel = "Model",
                ChargePointSerialNumber = "2",
                ChargePointVendor = "Vendor",
                FirmwareVersion = "1.0",
                Iccid = "3",
                Imsi = "4",
                MeterSerialNumber = "5",
                MeterType = "6",
            },
            """
            {"chargeBoxSerialNumber":"1","chargePointModel":"Model","chargePointSerialNumber":"2","chargePointVendor":"Vendor",
            "firmwareVersion":"1.0","iccid":"3","imsi":"4","meterSerialNumber":"5","meterType":"6"}
            """);
        Wire.Response(
            new BootNotificationResponse { CurrentTime = Noon, Interval = 300, Status = RegistrationStatus.Pending },
            """{"currentTime":"2026-11-22T12:00:00.000Z","interval":300,"status":"Pending"}""");
    }

    [Theory]
    [InlineData(AvailabilityType.Inoperative, AvailabilityStatus.Scheduled)]
    [InlineData(AvailabilityType.Operative, AvailabilityStatus.Rejected)]
    public void ChangeAvailability_OnTheWire_IsAsSpecified(AvailabilityType type, AvailabilityStatus status)
    {
        Wire.Request(new ChangeAvailabilityRequest { ConnectorId = 0, Type = type }, $$"""{"connectorId":0,"type":"{{type}}"}""");
        Wire.Response(new ChangeAvailabilityResponse { Status = status }, $$"""{"status":"{{status}}"}""");
    }

    [Fact]
    public void ChangeConfiguration_OnTheWire_IsAsSpecified()
    {
        Wire.Request(
            new ChangeConfigurationRequest { Key = "HeartbeatInterval", Value = "60" },
            """{"key":"HeartbeatInterval","value":"60"}""");
        Wire.Response(
            new ChangeConfigurationResponse { Status = ConfigurationStatus.RebootRequired },
            """{"status":"RebootRequired"}""");
    }

    [Fact]
    public void ClearCache_OnTheWire_IsAsSpecified()
    {
        Wire.Request(new ClearCacheRequest(), "{}");
        Wire.Response(new ClearCacheResponse { Status = ClearCacheStatus.Rejected }, """{"status":"Rejected"}""");
    }

    [Fact]
    public void DataTransfer_OnTheWire_IsAsSpecified()
    {
        Wire.Request(
            new DataTransferRequest { VendorId = "com.example", MessageId = "Hello", Data = "World" },
            """{"vendorId":"com.example","messageId":"Hello","data":"World"}""");
        Wire.Response(
            new DataTransferResponse { Status = DataTransferStatus.UnknownMessageId, Data = "?" },
            """{"status":"UnknownMessageId","data":"?"}""");
    }

    [Fact]
    public void GetConfiguration_OnTheWire_IsAsSpecified()
    {
        Wire.Request(new GetConfigurationRequest(), "{}");
        Wire.Request(new GetConfigurationRequest { Key = ["A", "B"] }, """{"key":["A","B"]}""");
        Wire.Response(
            new GetConfigurationResponse
            {
                ConfigurationKey = [new KeyValue { Key = "A", Readonly = true, Value = "1" }, new KeyValue { Key = "C", Readonly = false }],
                UnknownKey = ["B"],
            },
            """
            {"configurationKey":[{"key":"A","readonly":true,"value":"1"},{"key":"C","readonly":false}],"unknownKey":["B"]}
            """);
    }

    [Fact]
    public void Heartbeat_OnTheWire_IsAsSpecified()
    {
        Wire.Request(new HeartbeatRequest(), "{}");
        Wire.Response(new HeartbeatResponse { CurrentTime = Noon }, """{"currentTime":"2026-11-22T12:00:00.000Z"}""");
    }

    [Fact]
    public void MeterValues_OnTheWire_IsAsSpecified()
    {
        Wire.Request(
            new MeterValuesRequest
            {
                ConnectorId = 1,
                TransactionId = 7,
                MeterValue =
                [
                    new MeterValue
                    {
                        Timestamp = Noon,
                        SampledValue =
                        [
                            new SampledValue { Value = "17" },
                            new SampledValue
                            {
                                Value = "230.4",
                                Context = ReadingContext.SampleClock,
                                Format = ValueFormat.Raw,
                                Measurand = Measurand.Voltage,
                                Phase = Phase.L1N,
                                Location = Location.Outlet,
                                Unit = UnitOfMeasure.Volt,
                            },
                        ],
                    },
                ],
            },
            """
            {"connectorId":1,"transactionId":7,"meterValue":[{"timestamp":"2026-11-22T12:00:00.000Z","sampledValue":[{"value":"17"},
            {"value":"230.4","context":"Sample.Clock","format":"Raw","measurand":"Voltage","phase":"L1-N",
            "location":"Outlet","unit":"V"}]}]}
            """);
        Wire.Response(new MeterValuesResponse(), "{}");
    }

    [Fact]
    public void RemoteStartTransaction_OnTheWire_IsAsSpecified()
    {
        Wire.Request(new RemoteStartTransactionRequest { ConnectorId = 2, IdTag = "TAG" }, """{"connectorId":2,"idTag":"TAG"}""");
        Wire.Response(
            new RemoteStartTransactionResponse { Status = RemoteStartStopStatus.Accepted },
            """{"status":"Accepted"}""");
    }

    [Fact]
    public void RemoteStopTransaction_OnTheWire_IsAsSpecified()
    {
        Wire.Request(new RemoteStopTransactionRequest { TransactionId = -5 }, """{"transactionId":-5}""");
        Wire.Response(
            new RemoteStopTransactionResponse { Status = RemoteStartStopStatus.Rejected },
            """{"status":"Rejected"}""");
    }

    [Fact]
    public void Reset_OnTheWire_IsAsSpecified()
    {
        Wire.Request(new ResetRequest { Type = ResetType.Hard }, """{"type":"Hard"}""");
        Wire.Response(new ResetResponse { Status = ResetStatus.Accepted }, """{"status":"Accepted"}""");
    }

    [Fact]
    public void StartTransaction_OnTheWire_IsAsSpecified()
    {
        Wire.Request(
            new StartTransactionRequest { ConnectorId = 1, IdTag = "TAG", MeterStart = 100, ReservationId = 3, Timestamp = Noon },
            """{"connectorId":1,"idTag":"TAG","meterStart":100,"reservationId":3,"timestamp":"2026-11-22T12:00:00.000Z"}""");
        Wire.Response(
            new StartTransactionResponse { IdTagInfo = new IdTagInfo { Status = AuthorizationStatus.ConcurrentTx }, TransactionId = 12 },
            """{"idTagInfo":{"status":"ConcurrentTx"},"transactionId":12}""");
    }

    [Fact]
    public void StatusNotification_OnTheWire_IsAsSpecified()
    {
        Wire.Request(
            new StatusNotificationRequest
            {
                ConnectorId = 0,
                ErrorCode = ChargePointErrorCode.EVCommunicationError,
                Info = "info",
                Status = ChargePointStatus.SuspendedEVSE,
                Timestamp = Noon,
                VendorId = "vendor",
                VendorErrorCode = "E1",
            },
            """
            {"connectorId":0,"errorCode":"EVCommunicationError","info":"info","status":"SuspendedEVSE",
            "timestamp":"2026-11-22T12:00:00.000Z","vendorId":"vendor","vendorErrorCode":"E1"}
            """);
        Wire.Response(new StatusNotificationResponse(), "{}");
    }

    [Fact]
    public void StopTransaction_OnTheWire_IsAsSpecified()
    {
        Wire.Request(
            new StopTransactionRequest
            {
                IdTag = "TAG",
                MeterStop = 200,
                Timestamp = Noon,
                TransactionId = 12,
                Reason = Reason.EVDisconnected,
                TransactionData = [new MeterValue { Timestamp = Noon, SampledValue = [new SampledValue { Value = "200" }] }],
            },
            """
            {"idTag":"TAG","meterStop":200,"timestamp":"2026-11-22T12:00:00.000Z","transactionId":12,"reason":"EVDisconnected",
            "transactionData":[{"timestamp":"2026-11-22T12:00:00.000Z","sampledValue":[{"value":"200"}]}]}
            """);
        Wire.Response(new StopTransactionResponse(), "{}");
        Wire.Response(
            new StopTransactionResponse { IdTagInfo = new IdTagInfo { Status = AuthorizationStatus.Expired } },
            """{"idTagInfo":{"status":"Expired"}}""");
    }

    [Theory]
    [InlineData(UnlockStatus.Unlocked)]
    [InlineData(UnlockStatus.UnlockFailed)]
    [InlineData(UnlockStatus.NotSupported)]
    public void UnlockConnector_OnTheWire_IsAsSpecified(UnlockStatus status)
    {
        Wire.Request(new UnlockConnectorRequest { ConnectorId = 1 }, """{"connectorId":1}""");
        Wire.Response(new UnlockConnectorResponse { Status = status }, $$"""{"status":"{{status}}"}""");
    }
}
