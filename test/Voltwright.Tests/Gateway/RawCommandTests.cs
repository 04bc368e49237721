using Voltwright.Gateway.Ocpp;
using Voltwright.Jq;
using Voltwright.Ocpp.V16;

namespace Voltwright.Tests.Gateway;

public sealed class RawCommandTests
{
    [Fact]
    public void Payload_InAnyOrder_IsSentInTheSpecificationsOrder()
    {
        var prepared = Prepare("ReserveNow", """{"reservationId":7,"idTag":"TAG1","expiryDate":"2026-03-01T12:00:00Z","connectorId":1}""");

        Assert.Equal(
            """{"connectorId":1,"expiryDate":"2026-03-01T12:00:00Z","idTag":"TAG1","reservationId":7}""",
            Assert.IsType<RawCommand.Ready>(prepared).Payload.GetRawText());
    }

    [Fact]
    public void Payload_Nested_IsOrderedAtEveryLevel()
    {
        var prepared = Prepare("SendLocalList", """
            {"updateType":"Full","listVersion":1,"localAuthorizationList":[{"idTagInfo":{"status":"Accepted"},"idTag":"A"}]}
            """);

        Assert.Equal(
            """{"listVersion":1,"localAuthorizationList":[{"idTag":"A","idTagInfo":{"status":"Accepted"}}],"updateType":"Full"}""",
            Assert.IsType<RawCommand.Ready>(prepared).Payload.GetRawText());
    }

    [Theory]
    [InlineData("Reset", "{}", "type")]
    [InlineData("Reset", """{"type":"Gentle"}""", "type")]
    [InlineData("Reset", """{"type":"Soft","loud":true}""", "loud")]
    public void Payload_ThatBreaksTheSchema_IsNotSentAndSaysWhere(string action, string payload, string place) =>
        Assert.Contains(place, Assert.IsType<RawCommand.Wrong>(Prepare(action, payload)).Problems, StringComparison.Ordinal);

    [Theory]
    [InlineData("Fly")]
    [InlineData("BootNotification")]
    public void Action_ThatStationsDoNotServe_IsUnknown(string action) => Assert.IsType<RawCommand.Unknown>(Prepare(action, "{}"));

    private static RawCommand Prepare(string action, string payload) =>
        RawCommand.Prepare(Ocpp16.Protocol, action, JsonValue.Parse(payload));
}
