using Voltwright.Jq;
using Voltwright.Workflows.Events;
using Voltwright.Workflows.Runs;

namespace Voltwright.Workflows.Tests.Runs;

/// <summary>What the shipped workflow does, call by call, with a supplier that answers as a test says.</summary>
public sealed class ShippedWorkflowTests
{
    private const string NoSession = """{"title":"No active session","status":404}""";
    private const string Slot = """{"slot":{"number":1},"session":{"id":"s1"}}""";
    private const string Session = """{"session":{"id":"s1","slotNumber":1,"energyWh":1500,"price":{"amount":174}}}""";

    [Fact]
    public void FirstTap_OfAnAcceptedCard_LightsLocksStartsAndTells()
    {
        var host = Tap(call => call.EndsWith("GET /stations/CP1/session/TAG1", StringComparison.Ordinal) ? (404, NoSession) : (200, Slot));

        Assert.Equal(RunStatus.Completed, host.State.Status);
        Assert.Equal(
            [
                "GET /stations/CP1/session/TAG1", "POST /stations/CP1", "POST /stations/CP1/leds/1", "PUT /stations/CP1/slot/1/lock",
                "PUT /sessions/s1/start",
            ],
            Calls(host));
        Assert.Equal("""{"action":"on","color":"blue","sessionId":"s1"}""", BodyOf(host, "POST /stations/CP1/leds/1"));
        Assert.Equal("com.ev-power-supplier.charging-station.session-started.v1", Assert.Single(host.Emitted)["type"]);
    }

    [Fact]
    public void SecondTap_OfTheSameCard_EndsPaysAndUnlocks()
    {
        var host = Tap(_ => (200, Session));

        Assert.Equal(RunStatus.Completed, host.State.Status);
        Assert.Equal(
            [
                "GET /stations/CP1/session/TAG1", "PUT /sessions/s1/end", "PUT /sessions/s1/pay", "PUT /stations/CP1/slot/1/unlock",
                "POST /stations/CP1/leds/1",
            ],
            Calls(host));
        Assert.Equal(174, Assert.Single(host.Emitted)["data"]["price"]["amount"]);
    }

    [Fact]
    public void FirstTap_WithoutAFreeSlot_ShowsRedAndEnds()
    {
        var host = Tap(call => call.StartsWith("GET", StringComparison.Ordinal) ? (404, NoSession)
            : call == "POST /stations/CP1" ? (400, """{"detail":"No charging slots available","status":400}""") : (200, "{}"));

        Assert.Equal(RunStatus.Completed, host.State.Status);
        Assert.Equal("POST /stations/CP1/leds/main", Calls(host)[^1]);
        Assert.Empty(host.Emitted);
    }

    [Theory]
    [InlineData("POST /stations/CP1/leds/1")]
    [InlineData("PUT /stations/CP1/slot/1/lock")]
    [InlineData("PUT /sessions/s1/start")]
    public void FirstTap_OvertakenByItsSessionsEnd_EndsInPeace(string overtaken)
    {
        var host = Tap(call => call.StartsWith("GET", StringComparison.Ordinal) ? (404, NoSession)
            : call == overtaken ? (409, """{"title":"Not possible in this state","status":409}""") : (200, Slot));

        Assert.Equal(RunStatus.Completed, host.State.Status);
        Assert.Equal(overtaken, Calls(host)[^1]);
        Assert.Empty(host.Emitted);
    }

    [Theory]
    [InlineData(200)]
    [InlineData(409)]
    public void FirstTap_AtAStationThatStaysAway_GivesTheSlotBackAndFails(int release)
    {
        var host = Tap(call => call switch
        {
            "GET /stations/CP1/session/TAG1" => (404, NoSession),
            "PUT /sessions/s1/start" => (503, """{"title":"Station offline","status":503,"detail":"Station CP1 is not connected."}"""),
            "PUT /sessions/s1/release" => (release, "{}"),
            _ => (200, Slot),
        });

        Assert.Equal(RunStatus.Faulted, host.State.Status);
        Assert.Equal(["PUT /sessions/s1/release", "POST /stations/CP1/leds/main"], Calls(host)[^2..]);
        Assert.Equal((503, "Station CP1 is not connected."), ((int)host.State.Error["status"].AsDouble(), host.State.Error["detail"].AsString()));
        Assert.InRange((host.Now - TestHost.Start).TotalSeconds, 58, 62);
    }

    [Theory]
    [InlineData(402, true)]
    [InlineData(503, false)]
    public void Payment_RefusedOrUnanswered_ReleasesTheCable(int status, bool isReported)
    {
        var host = Tap(call => call == "PUT /sessions/s1/pay" ? (status, $$"""{"detail":"no money","status":{{status}}}""") : (200, Session));

        Assert.Equal(RunStatus.Completed, host.State.Status);
        Assert.Equal(isReported, Calls(host).Contains("POST /stations/CP1/support"));
        Assert.True(!isReported || BodyOf(host, "POST /stations/CP1/support").Contains("no money", StringComparison.Ordinal));
        Assert.Contains("PUT /stations/CP1/slot/1/unlock", Calls(host));
    }

    private static TestHost Tap(Func<string, (int Status, string Body)> answer)
    {
        var file = Path.Combine(SharedFiles.Root, "workflows", "managing-ev-charging-stations.yaml");
        var host = new TestHost(File.ReadAllText(file), file) { Restores = true };
        host.Http = call => answer(NameOf(call)) is var (status, body)
            ? host.Answer(call, status, body, status < 400 ? "application/json" : "application/problem+json") : null;
        var scanned = JsonValue.Parse(
            """
            {"specversion":"1.0","id":"1","source":"/stations/CP1","time":"2026-01-01T12:00:00Z",
            "type":"com.ev-power-supplier.charging-station.card-scanned.v1","data":{"stationId":"CP1","cardId":"TAG1","card":{"id":"TAG1"}}}
            """);
        var offer = EventMatching.Offer(host.Program.Trigger!, default, scanned);
        return host.Run(EventMatching.RunInput(host.Program.Trigger!, Assert.Single(offer.Sets)));
    }

    private static string[] Calls(TestHost host) => [.. host.Calls.Select(NameOf)];

    private static string BodyOf(TestHost host, string call) =>
        host.Calls.Single(c => NameOf(c) == call).Request.Body.ToString();

    private static string NameOf(CallHttp call) => $"{call.Request.Method} {new Uri(call.Request.Uri).AbsolutePath["/api/v2".Length..]}";
}
