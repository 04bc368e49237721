using Voltwright.Ocpp.V16;
using Voltwright.Ocpp.V16.Types;

namespace Voltwright.Ocpp.Tests.V16;

public class ListAndReservationMessageTests
{
    static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void GetLocalListVersion_OnTheWire_IsAsSpecified()
    {
        Wire.Request(new GetLocalListVersionRequest(), "{}");
        Wire.Response(new GetLocalListVersionResponse { ListVersion = -1 }, """{"listVersion":-1}""");
    }

    [Fact]
    public void SendLocalList_OnTheWire_IsAsSpecified()
    {
        Wire.Request(
            new SendLocalListRequest
            {
                ListVersion = 4,
                LocalAuthorizationList =
                [
                    new AuthorizationData { IdTag = "A", IdTagInfo = new IdTagInfo { Status = AuthorizationStatus.Invalid } },
                    new AuthorizationData { IdTag = "B" },
                ],
                UpdateType = UpdateType.Differential,
            },
            """
            {"listVersion":4,"localAuthorizationList":[{"idTag":"A","idTagInfo":{"status":"Invalid"}},{"idTag":"B"}],
            "updateType":"Differential"}
            """);
        Wire.Response(new SendLocalListResponse { Status = UpdateStatus.VersionMismatch }, """{"status":"VersionMismatch"}""");
    }

    [Fact]
    public void ReserveNow_OnTheWire_IsAsSpecified()
    {
        Wire.Request(
            new ReserveNowRequest { ConnectorId = 0, ExpiryDate = Noon, IdTag = "TAG", ParentIdTag = "PARENT", ReservationId = 9 },
            """
            {"connectorId":0,"expiryDate":"2026-11-22T12:00:00.000Z","idTag":"TAG","parentIdTag":"PARENT","reservationId":9}
            """);
        Wire.Response(new ReserveNowResponse { Status = ReservationStatus.Occupied }, """{"status":"Occupied"}""");
    }

    [Fact]
    public void CancelReservation_OnTheWire_IsAsSpecified()
    {
        Wire.Request(new CancelReservationRequest { ReservationId = 9 }, """{"reservationId":9}""");
        Wire.Response(new CancelReservationResponse { Status = CancelReservationStatus.Rejected }, """{"status":"Rejected"}""");
    }

    [Theory]
    [InlineData(MessageTrigger.BootNotification)]
    [InlineData(MessageTrigger.DiagnosticsStatusNotification)]
    [InlineData(MessageTrigger.FirmwareStatusNotification)]
    [InlineData(MessageTrigger.Heartbeat)]
    [InlineData(MessageTrigger.MeterValues)]
    [InlineData(MessageTrigger.StatusNotification)]
    public void TriggerMessage_OnTheWire_IsAsSpecified(MessageTrigger message)
    {
        Wire.Request(new TriggerMessageRequest { RequestedMessage = message }, $$"""{"requestedMessage":"{{message}}"}""");
        Wire.Request(
            new TriggerMessageRequest { RequestedMessage = message, ConnectorId = 1 },
            $$"""{"requestedMessage":"{{message}}","connectorId":1}""");
        Wire.Response(new TriggerMessageResponse { Status = TriggerMessageStatus.NotImplemented }, """{"status":"NotImplemented"}""");
    }
}
