using System.Text.Json;
using Voltwright.Simulator.State;

namespace Voltwright.Simulator.Tests.State;

public class LedCommandTests
{
    [Fact]
    public void Command_WithEverything_IsRead()
    {
        var (led, state) = Read("""{"led":"2","action":"flicker","color":"#ff0000","durationMs":1500}""");

        Assert.Equal(("2", new LedState("flicker", "#ff0000", 1500)), (led, state));
    }

    [Fact]
    public void Command_WithTheLeast_IsRead() => Assert.Equal(new LedState("off"), Read("""{"led":"main","action":"off"}""").State);

    [Theory]
    [InlineData("[]", "an object")]
    [InlineData("""{"action":"on"}""", "led is missing")]
    [InlineData("""{"led":1,"action":"on"}""", "led is missing")]
    [InlineData("""{"led":"main"}""", "action is missing")]
    [InlineData("""{"led":"main","action":"explode"}""", "on, off, flicker")]
    public void Command_ThatIsWrong_SaysWhat(string command, string why) =>
        Assert.Contains(why, Assert.Throws<FormatException>(() => Read(command)).Message);

    static (string Led, LedState State) Read(string command) => LedCommand.Read(JsonElement.Parse(command));
}
