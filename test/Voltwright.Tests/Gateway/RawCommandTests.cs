using Voltwright.Gateway;
using Voltwright.Gateway.Ocpp;
using Voltwright.Jq;
using Voltwright.Ocpp;
using Voltwright.Ocpp.V16;
using Voltwright.Ocpp.V201;
using Voltwright.Ocpp.V21;

namespace Voltwright.Tests.Gateway;

public sealed class RawCommandTests
{
    [Theory]
    [InlineData("ChangeConfiguration", """{"key":"authorizationKey","value":"AABB"}""", "AABB", """{"status":"RebootRequired"}""", true)]
    [InlineData("ChangeConfiguration", """{"key":"AuthorizationKey","value":"AABB"}""", "AABB", """{"status":"Rejected"}""", false)]
    [InlineData("ChangeConfiguration", """{"key":"HeartbeatInterval","value":"60"}""", null, null, false)]
    [InlineData(
        "SetVariables",
        """{"setVariableData":[{"attributeValue":"1","component":{"name":"X"},"variable":{"name":"Y"}},{"attributeValue":"pw","component":{"name":"SecurityCtrlr"},"variable":{"name":"BasicAuthPassword"}}]}""",
        "pw", """{"setVariableResult":[{"attributeStatus":"Rejected"},{"attributeStatus":"Accepted"}]}""", true)]
    [InlineData("Reset", """{"type":"Soft"}""", null, null, false)]
    public void Secret_InACommand_IsFoundAndItsAnswerJudged(string action, string payload, string? secret, string? answer, bool taken)
    {
        var found = RawSecret.In(action, JsonValue.Parse(payload));
        Assert.Equal(secret, found?.Value);
        if (found is not null)
            Assert.Equal(taken, found.Judge(new CommandOutcome.Accepted(JsonValue.Parse(answer!))) is CommandOutcome.Accepted);
    }

    [Theory]
    [InlineData(Subprotocols.Ocpp16, "Reset", """{"type":"Hard"}""", "")]
    [InlineData(Subprotocols.Ocpp16, "GetConfiguration", "{}", "key")]
    [InlineData(Subprotocols.Ocpp201, "UnlockConnector", """{"evseId":1,"connectorId":1}""", "customData")]
    public void Command_OfAStation_ComesWithWhatItNeedsAndWhatItMayHave(string protocol, string action, string payload, string more)
    {
        var found = StationCommands.Of(protocol, DateTimeOffset.UnixEpoch).Single(c => c.Action == action);
        Assert.Equal((JsonValue.Parse(payload), more), (found.Payload, string.Join(' ', found.More)));
    }

    [Fact]
    public void Commands_OfEveryVersion_AreSentAsTheyAreSuggested()
    {
        foreach (var protocol in (OcppProtocol[])[Ocpp16.Protocol, Ocpp201.Protocol, Ocpp21.Protocol])
        {
            var known = StationCommands.Of(protocol.Subprotocol, DateTimeOffset.UnixEpoch);
            Assert.InRange(known.Count, 20, 100);
            Assert.All(known, c => Assert.IsType<RawCommand.Ready>(RawCommand.Prepare(protocol, c.Action, c.Payload)));
        }
    }

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
