using Voltwright.Jq;
using Voltwright.Workflows.Runs;

namespace Voltwright.Workflows.Tests.Histories;

/// <summary>
/// Runs recorded in the past, in the JSON files beside this one: their stored states must be readable, and every next event must
/// still lead to the same state and the same commands. A change that breaks them would break runs under way.
/// </summary>
public sealed class HistoryTests
{
    private static readonly string Folder = Path.Combine(SharedFiles.Root, "test", "Voltwright.Workflows.Tests", "Histories");

    public static TheoryData<string> Names => [.. Directory.EnumerateFiles(Folder, "*.json").Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Names))]
    public void History_ContinuedFromEveryStoredState_GoesAsItWent(string name)
    {
        var history = JsonValue.Parse(File.ReadAllText(Path.Combine(Folder, name)));
        var program = new TestHost(history["workflow"].ToString()).Program;
        var start = new RunStart(history["run"].AsString(), history["input"], TestHost.Start);
        var before = default(JsonValue);
        foreach (var recorded in history["steps"].AsArray())
        {
            var step = recorded["event"].IsNull
                ? Engine.Start(program, start)
                : Engine.Apply(program, RunState.FromJson(program, before), RunEventJson.Read(recorded["event"]));

            Assert.Equal(recorded["state"], step.State.ToJson());
            Assert.Equal(recorded["commands"], JsonArray.From(step.Commands.Select(c => (JsonValue)CommandText.Of(c))));
            before = recorded["state"];
        }

        Assert.Contains(before["status"].AsString(), new[] { "completed", "faulted", "cancelled" });
    }

    [Theory]
    [InlineData("\"call\":\"http\"")]
    [InlineData("\"call\":\"openapi\"")]
    [InlineData("\"call\":\"grpc\"")]
    [InlineData("\"call\":\"asyncapi\"")]
    [InlineData("\"call\":\"a2a\"")]
    [InlineData("\"call\":\"mcp\"")]
    [InlineData("\"functions\":")]
    [InlineData("\"do\":")]
    [InlineData("\"emit\":")]
    [InlineData("\"extensions\":")]
    [InlineData("\"for\":")]
    [InlineData("\"foreach\":")]
    [InlineData("\"fork\":")]
    [InlineData("\"listen\":")]
    [InlineData("\"raise\":")]
    [InlineData("\"container\":")]
    [InlineData("\"script\":")]
    [InlineData("\"shell\":")]
    [InlineData("\"run\":{\"workflow\":")]
    [InlineData("\"set\":")]
    [InlineData("\"switch\":")]
    [InlineData("\"retry\":")]
    [InlineData("\"timeout\":")]
    [InlineData("\"wait\":")]
    [InlineData("\"kind\":\"suspend\"")]
    [InlineData("\"kind\":\"retry\"")]
    [InlineData("\"kind\":\"cancel\"")]
    public void Histories_Together_HoldEverythingThatARunCanBeAt(string what) => Assert.Contains(
        Directory.EnumerateFiles(Folder, "*.json"), f => JsonValue.Parse(File.ReadAllText(f)).ToString().Contains(what, StringComparison.Ordinal));

    /// <summary>How a history is made: of a run that a test has played to its end.</summary>
    internal static JsonValue Record(JsonValue workflow, JsonValue input, IEnumerable<RunEvent> events)
    {
        var program = new TestHost(workflow.ToString()).Program;
        var step = Engine.Start(program, new RunStart("run-1", input, TestHost.Start));
        var steps = new List<JsonValue> { Entry(default, step) };
        foreach (var e in events)
        {
            step = Engine.Apply(program, step.State, e);
            steps.Add(Entry(RunEventJson.Write(e), step));
        }

        return JsonObject.Of(("run", "run-1"), ("workflow", workflow), ("input", input), ("steps", JsonArray.From(steps)));
    }

    private static JsonValue Entry(JsonValue e, RunStep step) => JsonObject.Of(
        ("event", e), ("commands", JsonArray.From(step.Commands.Select(c => (JsonValue)CommandText.Of(c)))), ("state", step.State.ToJson()));
}
