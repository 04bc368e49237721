using Voltwright.Jq;

namespace Voltwright.EndToEnd.Field;

/// <summary>Everything that stations get wrong on the wire: the right error, the connection lives, nothing is stored.</summary>
public sealed class MalformedFrameTests
{
    private const string Formation = "FormationViolation";
    private const string Type = "TypeConstraintViolation";
    private const string Property = "PropertyConstraintViolation";
    private const string Occurrence = "OccurenceConstraintViolation";

    private static readonly (string Text, string Code)[] Frames =
    [
        ("this is not json", Formation),
        ("", Formation),
        ("{}", Formation),
        ("null", Formation),
        ("[]", Formation),
        ("[2]", Formation),
        ("[2,\"1\"]", Formation),
        ("[2,\"2\",\"Heartbeat\"]", Formation),
        ("[2,\"3\",\"Heartbeat\",{}", Formation),
        ("[2,\"4\",\"Heartbeat\",{},1]", Formation),
        ("[2,\"5\",\"Heartbeat\",[]]", Formation),
        ("[2,\"6\",7,{}]", Formation),
        ("[2,8,\"Heartbeat\",{}]", Formation),
        ("[\"2\",\"9\",\"Heartbeat\",{}]", Formation),
        ($"[2,\"{new string('9', 300)}\",\"Heartbeat\",{{}}]", Formation),
        ("[2,\"10\",\"Heartbeat\",{}] [3]", Formation),
        ("[2,\"11\",\"Authorize\",{\"idTag\":\"\\ud800\"}]", Formation),
        ("[2,\"12\",\"Authorize\",{\"idTag\":\"A\",\"idTag\":\"B\"}]", Formation),
        ($"[2,\"13\",\"DataTransfer\",{{\"vendorId\":\"v\",\"data\":\"{new string('x', 1_000_000)}\"}}]", Formation),
        ($"[2,\"14\",\"Heartbeat\",{new string('[', 100)}{new string(']', 100)}]", Formation),
        ("[2,\"20\",\"Fly\",{}]", "NotImplemented"),
        ("[2,\"21\",\"heartbeat\",{}]", "NotImplemented"),
        ("[2,\"22\",\"ReserveNow\",{}]", "NotSupported"),
        ("[2,\"30\",\"Authorize\",{\"idTag\":12}]", Type),
        ("[2,\"31\",\"Authorize\",{\"idTag\":{}}]", Type),
        ("[2,\"32\",\"StartTransaction\",{\"connectorId\":\"1\",\"idTag\":\"A\",\"meterStart\":0,\"timestamp\":\"2026-01-01T00:00:00Z\"}]", Type),
        ("[2,\"33\",\"StartTransaction\",{\"connectorId\":1,\"idTag\":\"A\",\"meterStart\":0.5,\"timestamp\":\"2026-01-01T00:00:00Z\"}]", Type),
        ("[2,\"34\",\"MeterValues\",{\"connectorId\":1,\"meterValue\":{}}]", Type),
        ("[2,\"40\",\"Authorize\",{}]", Occurrence),
        ("[2,\"41\",\"StopTransaction\",{\"meterStop\":1,\"timestamp\":\"2026-01-01T00:00:00Z\"}]", Occurrence),
        ("[2,\"50\",\"Authorize\",{\"idTag\":\"123456789012345678901\"}]", Property),
        ("[2,\"51\",\"StatusNotification\",{\"connectorId\":1,\"errorCode\":\"NoError\",\"status\":\"Dancing\"}]", Property),
        ("[2,\"52\",\"StatusNotification\",{\"connectorId\":-1,\"errorCode\":\"NoError\",\"status\":\"Available\"}]", Property),
        ("[2,\"53\",\"StartTransaction\",{\"connectorId\":1,\"idTag\":\"A\",\"meterStart\":99999999999,\"timestamp\":\"2026-01-01T00:00:00Z\"}]", Property),
        ("[2,\"54\",\"StartTransaction\",{\"connectorId\":1,\"idTag\":\"A\",\"meterStart\":0,\"timestamp\":\"yesterday\"}]", Property),
        ("[2,\"55\",\"StatusNotification\",{\"connectorId\":1,\"errorCode\":\"NoError\",\"status\":\"Available\",\"timestamp\":\"9999-01-01T00:00:00Z\"}]",
            Property),
        ("[2,\"56\",\"StatusNotification\",{\"connectorId\":1,\"errorCode\":\"NoError\",\"status\":\"Available\",\"timestamp\":\"1970-01-01T00:00:00Z\"}]",
            Property),
    ];

    [Fact]
    public async Task Rubbish_OfThirtyKinds_IsAnsweredStoresNothingAndTheConversationGoesOn()
    {
        await using var system = await RunningSystem.StartAsync(withWorkflows: false);
        var station = await system.AddRawStationAsync("CP1");
        await station.CallAsync("Heartbeat", "{}");
        await system.EventuallyAsync("stations/CP1", "connected", s => s["connected"] == true);
        var (events, before) = (await EventsAsync(system), await system.GetAsync("stations/CP1"));

        foreach (var (text, code) in Frames)
        {
            var answer = await station.SendAsync(text);
            Assert.True(answer[0] == 4 && answer[2] == code, $"{text[..Math.Min(80, text.Length)]} was answered with {answer}, not {code}");
        }

        Assert.True(Frames.Length >= 30);
        await station.CallAsync("Heartbeat", "{}");
        Assert.Equal(events, await EventsAsync(system));
        Assert.Equal(before, await system.GetAsync("stations/CP1"));
        Assert.Empty((await system.GetAsync("sessions"))["items"].AsArray());
        Schemas.AssertAnswersConform(station);
    }

    [Fact]
    public async Task Rubbish_WithoutEnd_EndsTheConnectionAndNobodyElses()
    {
        await using var system = await RunningSystem.StartAsync(withWorkflows: false);
        var (abusive, other) = (await system.AddRawStationAsync("CP1"), await system.AddRawStationAsync("CP2"));

        for (var i = 0; i < 60 && !abusive.HungUp.IsCompleted; i++)
            abusive.Say("rubbish");
        await abusive.HungUp;

        await other.CallAsync("Heartbeat", "{}");
    }

    private static async Task<JsonValue> EventsAsync(RunningSystem system) => await system.GetAsync("events");
}
