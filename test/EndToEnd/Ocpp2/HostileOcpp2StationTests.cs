using Voltwright.Ocpp;

namespace Voltwright.EndToEnd.Ocpp2;

/// <summary>Thirty kinds of malformed frames: each gets the right error, nothing is stored, the conversation goes on.</summary>
public sealed class HostileOcpp2StationTests
{
    private const string Time = "2026-03-01T12:00:00Z";

    private static readonly (string Text, string Code)[] Rubbish =
    [
        ("this is not json", "RpcFrameworkError"),
        ("", "RpcFrameworkError"),
        ("{}", "RpcFrameworkError"),
        ("[]", "RpcFrameworkError"),
        ("[2]", "RpcFrameworkError"),
        ("[2,\"1\"]", "RpcFrameworkError"),
        ("[2,17,\"Heartbeat\",{}]", "RpcFrameworkError"),
        ("[2,\"2\",17,{}]", "RpcFrameworkError"),
        ("[\"2\",\"3\",\"Heartbeat\",{}]", "RpcFrameworkError"),
        ($"[2,\"{new string('x', 37)}\",\"Heartbeat\",{{}}]", "RpcFrameworkError"),
        ("[2,\"4\",\"Heartbeat\",[]]", "FormatViolation"),
        ("[2,\"5\",\"Heartbeat\",\"{}\"]", "FormatViolation"),
        ("[2,\"6\",\"Heartbeat\",{]", "FormatViolation"),
        ("[2,\"7\",\"Heartbeat\",{},{}]", "FormatViolation"),
        ("[2,\"8\",\"Heartbeat\",{}] and more", "FormatViolation"),
        ("[7,\"9\",\"Heartbeat\",{}]", "MessageTypeNotSupported"),
        ("[-1,\"10\",\"Heartbeat\",{}]", "MessageTypeNotSupported"),
        ("[2,\"11\",\"Fly\",{}]", "NotImplemented"),
        ("[2,\"12\",\"heartbeat\",{}]", "NotImplemented"),
        ("[2,\"13\",\"StartTransaction\",{}]", "NotImplemented"),
        ("[2,\"14\",\"ReserveNow\",{}]", "NotSupported"),
        ("[2,\"15\",\"Heartbeat\",{\"mood\":\"good\"}]", "FormatViolation"),
        ("[2,\"16\",\"Authorize\",{}]", "OccurrenceConstraintViolation"),
        ("[2,\"17\",\"Authorize\",{\"idToken\":{\"idToken\":\"A\"}}]", "OccurrenceConstraintViolation"),
        ("[2,\"18\",\"Authorize\",{\"idToken\":\"A\"}]", "TypeConstraintViolation"),
        ("[2,\"19\",\"Authorize\",{\"idToken\":{\"idToken\":7,\"type\":\"Local\"}}]", "TypeConstraintViolation"),
        ($"[2,\"20\",\"Authorize\",{{\"idToken\":{{\"idToken\":\"{new string('A', 300)}\",\"type\":\"Local\"}}}}]", "PropertyConstraintViolation"),
        ($"[2,\"21\",\"StatusNotification\",{{\"timestamp\":\"{Time}\",\"connectorStatus\":\"Sleepy\",\"evseId\":1,\"connectorId\":1}}]",
            "PropertyConstraintViolation"),
        ("[2,\"22\",\"StatusNotification\",{\"timestamp\":\"noon\",\"connectorStatus\":\"Available\",\"evseId\":1,\"connectorId\":1}]",
            "PropertyConstraintViolation"),
        ("[2,\"23\",\"StatusNotification\",{\"timestamp\":\"9999-01-01T00:00:00Z\",\"connectorStatus\":\"Available\",\"evseId\":1,\"connectorId\":1}]",
            "PropertyConstraintViolation"),
        ($"[2,\"24\",\"MeterValues\",{{\"evseId\":1,\"meterValue\":[{{\"timestamp\":\"{Time}\",\"sampledValue\":[]}}]}}]",
            "OccurrenceConstraintViolation"),
        ($"[2,\"25\",\"MeterValues\",{{\"evseId\":1.5,\"meterValue\":[{{\"timestamp\":\"{Time}\",\"sampledValue\":[{{\"value\":1}}]}}]}}]",
            "TypeConstraintViolation"),
        ($"[2,\"26\",\"MeterValues\",{{\"evseId\":99999999999,\"meterValue\":[{{\"timestamp\":\"{Time}\",\"sampledValue\":[{{\"value\":1}}]}}]}}]",
            "PropertyConstraintViolation"),
        ($"[2,\"27\",\"MeterValues\",{{\"evseId\":1,\"meterValue\":[{{\"timestamp\":\"{Time}\",\"sampledValue\":[{{\"value\":\"1\"}}]}}]}}]",
            "TypeConstraintViolation"),
        ($"[2,\"28\",\"DataTransfer\",{{\"vendorId\":\"v\",\"data\":\"{new string('x', 1_000_000)}\"}}]", "FormatViolation"),
        ("[2,\"29\",\"Heartbeat\",{\"customData\":{\"mood\":\"good\"}}]", "OccurrenceConstraintViolation"),
        ("[2,\"30\",\"Heartbeat\",{\"customData\":{\"vendorId\":\"\\ud800\"}}]", "FormatViolation"),
    ];

    [Theory]
    [InlineData(Subprotocols.Ocpp201)]
    [InlineData(Subprotocols.Ocpp21)]
    public async Task Rubbish_OfEveryKind_IsAnsweredStoresNothingAndTheConversationGoesOn(string protocol)
    {
        await using var system = await RunningSystem.StartAsync();
        var station = await system.AddRawStationAsync("CP1", protocol: protocol);
        await system.EventuallyAsync("stations/CP1", "connected", s => s["connected"] == true);
        var before = await system.GetAsync("events");
        foreach (var (text, code) in Rubbish)
        {
            var answer = await station.SendAsync(text);
            Assert.True(answer[0] == 4 && answer[2] == code, $"{text[..Math.Min(80, text.Length)]} was answered with {answer}, not {code}");
        }

        await station.CallAsync("Heartbeat", """{"customData":{"vendorId":"com.acme","mood":"good"}}""");
        Assert.Equal(before, await system.GetAsync("events"));
        Schemas.AssertAnswersConform(station);
    }

    [Theory]
    [InlineData(Subprotocols.Ocpp201, 4)]
    [InlineData(Subprotocols.Ocpp21, 3)]
    public async Task Send_ReceivedInEitherVersion_IsAFrameOf21Only(string protocol, int answered)
    {
        await using var system = await RunningSystem.StartAsync(withWorkflows: false);
        var station = await system.AddRawStationAsync("CP1", protocol: protocol);

        // In 2.1 the stream gets no answer, and the next message is the one that does.
        var answer = await station.SendAsync(
            $"[6,\"a\",\"NotifyPeriodicEventStream\",{{\"id\":1,\"pending\":0,\"basetime\":\"{Time}\",\"data\":[{{\"t\":0,\"v\":\"7\"}}]}}]",
            then: "[2,\"b\",\"Heartbeat\",{}]");

        Assert.Equal(answered, (int)answer[0].AsDouble());
    }
}
