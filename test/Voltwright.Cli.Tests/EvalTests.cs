using System.Text.Json.Nodes;

namespace Voltwright.Cli.Tests;

public sealed class EvalTests
{
    [Fact]
    public async Task Eval_OfAProgram_PrintsEachOutputOnItsLine()
    {
        var ended = await Executable.FeedAsync("""{"slots":[{"n":1},{"n":2}]} {"slots":[]}""", "eval", ".slots[].n");
        Assert.Equal((0, "1\n2\n"), (ended.ExitCode, ended.Output.ReplaceLineEndings("\n")));
    }

    [Fact]
    public async Task Eval_WithNamedArguments_BindsTextAndJson()
    {
        var ended = await Executable.RunAsync("eval", "-n", "-c", "--arg", "name", "CP1", "--argjson", "wh", "[1,2]", "[$name, $wh[1]]");
        Assert.Equal("[\"CP1\",2]", ended.Output.Trim());
    }

    [Fact]
    public async Task Eval_Raw_PrintsStringsWithoutQuotes()
    {
        var ended = await Executable.FeedAsync("\"plain\"", "eval", "-r", ".");
        Assert.Equal("plain", ended.Output.Trim());
    }

    [Fact]
    public async Task Eval_OfAFailingProgram_KeepsItsOutputsAndExitsWithOne()
    {
        var ended = await Executable.FeedAsync("{}", "eval", "1, error(\"broken\")");
        Assert.Equal((1, "1"), (ended.ExitCode, ended.Output.Trim()));
        Assert.Contains("broken", ended.Messages, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("eval", "1 +", "line 1")]
    [InlineData("eval", "nosuch", "nosuch")]
    public async Task Eval_OfABadProgram_NamesThePlaceAndExitsWithTwo(string command, string program, string named)
    {
        var ended = await Executable.FeedAsync("{}", command, program);
        Assert.Equal(2, ended.ExitCode);
        Assert.Contains(named, ended.Messages, StringComparison.Ordinal);
        Assert.Empty(ended.Output);
    }

    [Fact]
    public async Task Eval_OfBadInput_NamesLineAndColumn()
    {
        var ended = await Executable.FeedAsync("{\"a\":\n oops}", "eval", ".");
        Assert.Equal(2, ended.ExitCode);
        Assert.Contains("line 2", ended.Messages, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Eval_OfLines_AnswersEachAndNeverStops()
    {
        string[] lines =
        [
            """{"program":".a","input":{"a":7}}""",
            """{"program":"$x + 1","input":null,"args":{"x":1}}""",
            """{"program":"1, error(\"no\")","input":null}""",
            """{"program":"(((","input":null}""",
            "not json",
            """{"program":"break","input":null}""",
            """{"program":".","input":"last"}""",
            """{"program":"1, halt, 2","input":null}""",
        ];
        var ended = await Executable.FeedAsync(string.Join('\n', lines) + "\n", "eval", "--jsonl");
        var answers = ended.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonNode.Parse(l)!).ToArray();
        Assert.Equal(lines.Length, answers.Length);
        Assert.Equal("[7]", answers[0]["outputs"]!.ToJsonString());
        Assert.Equal("[2]", answers[1]["outputs"]!.ToJsonString());
        Assert.Equal(("[1]", "no"), (answers[2]["outputs"]!.ToJsonString(), (string?)answers[2]["error"]));
        Assert.All(answers[3..6], answer => Assert.NotNull(answer["error"]));
        Assert.Equal("[\"last\"]", answers[6]["outputs"]!.ToJsonString());
        Assert.Equal("{\"outputs\":[1]}", answers[7].ToJsonString());
    }
}
