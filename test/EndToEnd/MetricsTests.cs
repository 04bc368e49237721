namespace Voltwright.EndToEnd;

public sealed class MetricsTests
{
    [Fact]
    public async Task Metrics_AfterATap_TellOfTheStationItsMessagesTheRunAndTheLed()
    {
        await using var system = await RunningSystem.StartAsync();
        var station = await system.AddOcppStationAsync("COUNTED");
        await system.AddCardAsync("COUNTED-CARD");
        var lit = station.WaitForLedAsync("1");
        await station.TapAsync("COUNTED-CARD", 1);
        await lit;
        await system.EventuallyAsync("runs", "a run that is over", runs => runs["items"][0]["status"] == "completed");

        var metrics = await system.Http.GetStringAsync("/metrics");

        Assert.Contains("voltwright_stations_connected{", metrics, StringComparison.Ordinal);
        string[] expected =
        [
            """voltwright_station_messages_seconds_count{.*action="Authorize".*outcome="answered".*protocol="ocpp1.6".*} [1-9]""",
            """voltwright_station_commands_seconds_count{.*command="SetLed".*outcome="accepted".*} [1-9]""",
            """voltwright_runs_started_total{.*} [1-9]""",
            """voltwright_runs_ended_total{.*status="Completed".*} [1-9]""",
            """voltwright_events_dispatched_total(\{.*})? [1-9]""",
            """voltwright_tap_led_seconds_bucket{.*le="0.005".*}""",
            """voltwright_events_lag(\{.*})? \d""",
            """voltwright_events_position(\{.*})? [1-9]""",
        ];
        Assert.All(expected, pattern => Assert.Matches(pattern, metrics));
    }
}
