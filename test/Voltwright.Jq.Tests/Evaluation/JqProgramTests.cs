namespace Voltwright.Jq.Tests.Evaluation;

public sealed class JqProgramTests
{
    private static readonly JsonValue Event = JsonValue.Parse("""{"event": {"type": "x", "data": [1, 2, 3]}}""");

    [Theory]
    [InlineData("$__prog_args", """{"a":1,"b":[2]}""")]
    [InlineData("$ARGS", """{"positional":[],"named":{"a":1,"b":[2]}}""")]
    [InlineData("$ARGS.named.b[0] + $a", "3")]
    [InlineData("$ARGS as {named: {$a}} | [$a, $__prog_args.missing]", "[1,null]")]
    [InlineData("5 as $ARGS | $ARGS", "5")]
    public void Arguments_AllTogether_AreAnObject(string source, string expected)
    {
        var program = JqProgram.Compile(source, new JqOptions { Variables = ["a", "b"] });
        Assert.Equal(expected, program.First(default, [1, JsonArray.Of(2)]).Value.ToString());
    }

    [Fact]
    public void Compile_OfAProgram_KeepsItsSource() => Assert.Equal(".a | .b", JqProgram.Compile(".a | .b").Source);

    [Theory]
    [InlineData("1 +", 1, 4)]
    [InlineData(".a |\n  foo(1)", 2, 3)]
    [InlineData("\"abc\\q\"", 1, 5)]
    [InlineData("1 as $x\n| $y", 2, 3)]
    [InlineData("{a: 1,\n b c}", 2, 4)]
    public void Compile_OfAMistake_NamesItsPlace(string source, int line, int column)
    {
        var mistake = Assert.Throws<JqCompileException>(() => JqProgram.Compile(source));
        Assert.Equal((line, column), (mistake.Line, mistake.Column));
    }

    [Fact]
    public void First_OfSeveralOutputs_StopsAfterIt()
    {
        var outcome = JqProgram.Compile("1, error(\"never asked\")").First(default);
        Assert.True(outcome.IsValue);
        Assert.Equal(1, outcome.Value.AsDouble());
    }

    [Fact]
    public void First_OfNoOutput_IsEmpty()
    {
        var outcome = JqProgram.Compile("empty").First(default);
        Assert.Equal(JqOutcomeKind.Empty, outcome.Kind);
        Assert.Equal("", outcome.Message);
    }

    [Fact]
    public void First_OfAnError_CarriesItsValue()
    {
        var outcome = JqProgram.Compile("error({code: 7})").First(default);
        Assert.Equal(JqOutcomeKind.Error, outcome.Kind);
        Assert.Equal(7, outcome.Error["code"].AsDouble());
        Assert.Equal("{\"code\":7} (not a string)", outcome.Message);
    }

    [Fact]
    public void Run_WithAnErrorAfterOutputs_EndsWithIt()
    {
        var outcomes = JqProgram.Compile("1, 2, error(\"x\"), 3").Run(default).ToArray();
        Assert.Equal([JqOutcomeKind.Value, JqOutcomeKind.Value, JqOutcomeKind.Error], outcomes.Select(o => o.Kind));
        Assert.Equal("x", outcomes[^1].Message);
    }

    [Fact]
    public void Run_IntoASinkThatHasEnough_StopsAsking()
    {
        var taken = new List<JsonValue>();
        var end = JqProgram.Compile("repeat(1)").Run(default, value =>
        {
            taken.Add(value);
            return taken.Count < 3;
        });
        Assert.Equal(JqOutcomeKind.Empty, end.Kind);
        Assert.Equal(3, taken.Count);
    }

    [Fact]
    public void Variables_OfTheHost_AreFoundByPosition()
    {
        var program = JqProgram.Compile("[$context.a, $input, .]", new JqOptions { Variables = ["context", "input"] });
        var outcome = program.First("in", [JsonObject.Of(("a", 1)), "given"]);
        Assert.Equal("""[1,"given","in"]""", outcome.Value.ToString());
    }

    [Fact]
    public void Variables_NotHandedOver_AreNull()
    {
        var program = JqProgram.Compile("$error", new JqOptions { Variables = ["error"] });
        Assert.True(program.First(default).Value.IsNull);
    }

    [Fact]
    public void Variables_OfTheProgram_ShadowTheHosts()
    {
        var program = JqProgram.Compile("1 as $context | $context", new JqOptions { Variables = ["context"] });
        Assert.Equal(1, program.First(default, ["outer"]).Value.AsDouble());
    }

    [Theory]
    [InlineData("env")]
    [InlineData("$ENV")]
    [InlineData("input")]
    [InlineData("inputs")]
    [InlineData("input_line_number")]
    [InlineData("halt")]
    [InlineData("halt_error(1)")]
    [InlineData("import \"a\" as a; 1")]
    [InlineData("include \"a\"; 1")]
    [InlineData("def f: input; f")]
    public void Capability_ThatIsOff_IsRefusedWhenCompiling(string source)
    {
        var refusal = Assert.Throws<JqCompileException>(() => JqProgram.Compile(source));
        Assert.Contains("not available here", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Environment_ThatIsOn_IsWhatTheHostGave()
    {
        var options = new JqOptions { Environment = JsonObject.Of(("HOME", "/here")) };
        Assert.Equal("""["/here","/here"]""", JqProgram.Compile("[env.HOME, $ENV.HOME]", options).First(default).Value.ToString());
    }

    [Fact]
    public void Inputs_ThatAreOn_ComeFromTheHost()
    {
        var rest = new Queue<JsonValue>([2, 3]);
        var host = new JqHost { NextInput = () => rest.TryDequeue(out var next) ? next : default(JsonValue?), LineNumber = () => 4, FileName = () => "f" };
        var outputs = new List<string>();
        JqProgram.Compile("[., inputs], input_line_number, input_filename", new JqOptions { Inputs = true })
            .Run(1, value => Keep(outputs, value), host: host);
        Assert.Equal(["[1,2,3]", "4", "\"f\""], outputs);
    }

    [Fact]
    public void Halt_ThatIsOn_EndsTheRunWithItsCode()
    {
        var options = new JqOptions { Halt = true };
        var outcomes = JqProgram.Compile("1, (\"bye\" | halt_error(3)), 2", options).Run(default).ToArray();
        Assert.Equal(2, outcomes.Length);
        Assert.Equal((JqOutcomeKind.Halt, 3, "bye"), (outcomes[1].Kind, outcomes[1].ExitCode, outcomes[1].Message));
        Assert.Equal(0, JqProgram.Compile("try halt catch 1", options).First(default).ExitCode);
    }

    [Fact]
    public void Messages_OfDebugAndStderr_ReachTheHost()
    {
        var heard = new List<string>();
        var options = new JqOptions { Messages = (builtin, value) => heard.Add($"{builtin} {value}") };
        JqProgram.Compile("debug | stderr | debug(. + 1)", options).First(1);
        Assert.Equal(["debug 1", "stderr 1", "debug 2"], heard);
    }

    [Fact]
    public void Now_WithAClockOfTheHost_IsItsTime()
    {
        var clock = new FixedClock(DateTimeOffset.FromUnixTimeMilliseconds(1_700_000_000_250));
        var outcome = JqProgram.Compile("now").First(default, default, JqBudget.Default with { Time = clock });
        Assert.Equal(1_700_000_000.25, outcome.Value.AsDouble());
    }

    [Fact]
    public void Program_FromManyThreads_AnswersEachItsOwn()
    {
        var program = JqProgram.Compile("reduce range(100) as $i (.; . + $i) | [.] | .[0]");
        Parallel.For(0, 200, i => Assert.Equal(i + 4950, program.First(i).Value.AsDouble()));
    }

    [Fact]
    public void Program_CalledFromASinkOfAnother_DoesNotDisturbIt()
    {
        var inner = JqProgram.Compile("[.[] | . * 2]");
        var outputs = new List<string>();
        JqProgram.Compile(".[] | [., .]").Run(JsonValue.Parse("[1,2]"), value => Keep(outputs, inner.First(value).Value));
        Assert.Equal(["[2,2]", "[4,4]"], outputs);
    }

    [Fact]
    public void Paths_AndComparisons_AllocateNothing()
    {
        var program = JqProgram.Compile(".event.type == \"x\"");
        for (var i = 0; i < 1000; i++)
            program.First(Event);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
            program.First(Event);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1000);
    }

    private static bool Keep(List<string> outputs, JsonValue value)
    {
        outputs.Add(value.ToString());
        return true;
    }

    private sealed class FixedClock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
