using Voltwright.Simulator.Scripts;
using Voltwright.Simulator.Tests.Ocpp;

namespace Voltwright.Simulator.Tests.Scripts;

public class StationScriptTests
{
    [Fact]
    public async Task Script_OfASession_PlaysThrough()
    {
        await using var csms = new TestCsms();
        await using var station = await OcppStationTests.StartAsync(csms, speed: 600);
        var lines = new List<string>();

        var result = await StationScript.Parse(
            """
            # a whole session
            {"do":"tap","card":"TAG","expect":{"answer":"Accepted"}}
            {"do":"plug-in","slot":1,"batteryWh":50000,"socPercent":40,"powerW":7000,"expect":{"slot":1,"status":"Charging","locked":true}}
            {"do":"charge","minutes":10}
            {"do":"tap","card":"TAG","expect":{"answer":"stopped","slot":1,"status":"Finishing"}}

            {"do":"unplug","slot":1,"expect":{"slot":1,"status":"Available"}}
            {"do":"fault","slot":2,"code":"GroundFailure","expect":{"slot":2,"status":"Faulted"}}
            {"do":"recover","slot":2}
            {"do":"open-door"}
            {"do":"offline"}
            {"do":"online"}
            {"do":"crash"}
            {"do":"wait","seconds":0.01}
            {"do":"expect","expect":{"slot":2,"status":"Available"}}
            """).RunAsync(station, new Collector(lines));

        Assert.Equal(new ScriptResult.Passed(13), result);
        Assert.Equal("line 2: tap", lines[0]);
        Assert.InRange(station.State.Slot(1).MeterWh - 1_000_000, 500, 7_000);
    }

    [Fact]
    public async Task Script_WhoseExpectationFails_NamesTheLine()
    {
        await using var csms = new TestCsms();
        await using var station = await OcppStationTests.StartAsync(csms);

        var answer = await StationScript.Parse("""{"do":"tap","card":"TAG","expect":{"answer":"Blocked"}}""").RunAsync(station);
        var led = await StationScript.Parse(
            """

            {"do":"expect","expect":{"led":"main","color":"green","withinSeconds":0.05}}
            """).RunAsync(station);

        Assert.Equal(new ScriptResult.Failed(1, "expected the answer Blocked, not Accepted"), answer);
        Assert.Equal(2, Assert.IsType<ScriptResult.Failed>(led).Line);
        Assert.Contains("expected led main: green", ((ScriptResult.Failed)led).Why);
    }

    [Theory]
    [InlineData("""{"do":"dance"}""", "there is no step 'dance'")]
    [InlineData("""{"do":"tap"}""", "tap needs a card")]
    [InlineData("""{"do":"plug-in"}""", "plug-in needs a slot")]
    [InlineData("""{"do":"wait"}""", "seconds are missing")]
    [InlineData("""{"do":"expect"}""", "expect needs an expectation")]
    [InlineData("""{"do":"tap","cart":"A"}""", "cart")]
    [InlineData("nonsense", "invalid")]
    public void Line_ThatIsNoStep_IsNamed(string line, string why)
    {
        var message = Assert.Throws<FormatException>(() => StationScript.Parse($"\n{line}\n")).Message;

        Assert.StartsWith("line 2: ", message);
        Assert.Contains(why, message);
    }

    sealed class Collector(List<string> lines) : IProgress<string>
    {
        public void Report(string value) => lines.Add(value);
    }
}
