namespace Voltwright.Jq.Tests.Evaluation;

/// <summary>Programs that would never end, or eat all memory or stack: each ends with an error within its budget, and the process lives.</summary>
[Collection(nameof(Alone))]
public sealed class BudgetTests
{
    private static readonly JqBudget Small = JqBudget.Default with { Steps = 300_000, WallTime = TimeSpan.FromSeconds(20), MemoryBytes = 32 << 20 };

    [Theory]
    [InlineData("def f: f; f")]
    [InlineData("def f: f, f; f")]
    [InlineData("def f: f | f; f")]
    [InlineData("def f: 1 + f; f")]
    [InlineData("def f: [f]; f")]
    [InlineData("def f: {a: f}; f")]
    [InlineData("def f: try f catch f; f")]
    [InlineData("def f(g): f(g | g); f(.)")]
    [InlineData("def f(n): if n == 0 then 0 else f(n - 1) end; f(100000)")]
    [InlineData("last(repeat(.))")]
    [InlineData("[repeat(1)]")]
    [InlineData("[range(1e12)] | length")]
    [InlineData("last(range(1e12))")]
    [InlineData("[limit(1e12; repeat(1))]")]
    [InlineData("\"x\" * 1e9")]
    [InlineData("\"x\" * 1e8 | . + .")]
    [InlineData("reduce range(60) as $i (\"x\"; . + .)")]
    [InlineData("reduce range(60) as $i ([0]; . + .)")]
    [InlineData("reduce range(60) as $i (0; [., .]) | tojson")]
    [InlineData("reduce range(60) as $i (0; [., .]) | [..]")]
    [InlineData("reduce range(60) as $i (0; [., .]) | flatten")]
    [InlineData("reduce range(60) as $i (0; [., .]) | tostring")]
    [InlineData("until(false; .)")]
    [InlineData("[while(true; .)]")]
    [InlineData("[recurse(.)]")]
    [InlineData("[path(repeat(.a))]")]
    [InlineData("path(def f: .a | f; f)")]
    [InlineData("path(def f: .a | f | .b; f)")]
    [InlineData("reduce range(20000) as $i (0; [.]) | .. |= .")]
    [InlineData(".[500000000] = 1")]
    [InlineData("[range(3000)] | [combinations(9)]")]
    [InlineData("[range(2000)] as $a | [$a[] as $x | $a[] as $y | $a[] | 1]")]
    [InlineData("label $x | repeat(.)")]
    [InlineData("reduce range(60) as $i (0; [., .])")]
    [InlineData("reduce range(60) as $i (0; [., .]) | . == map(.)")]
    [InlineData("reduce range(60) as $i (0; [., .]) | . < .")]
    [InlineData("reduce range(25) as $i (0; [., .]) | [limit(5000; repeat(.))] | sort")]
    [InlineData("reduce range(25) as $i (0; [., .]) | [limit(5000; repeat(.))] | group_by(.)")]
    [InlineData("reduce range(25) as $i (0; [., .]) | [limit(5000; repeat(.))] | min")]
    [InlineData("[limit(1e9; repeat(\"x\" * 100000))]")]
    [InlineData("[range(1e9) | {a: .}]")]
    [InlineData("reduce range(1e9) as $i ({}; .[\"k\\($i)\"] = $i)")]
    [InlineData("input")]
    public void Program_WithoutEnd_EndsWithAnError(string source)
    {
        JqOutcome outcome;
        try
        {
            outcome = JqProgram.Compile(source).First(default, default, Small);
        }
        catch (JqCompileException)
        {
            return;
        }

        // `First` needs only one output of an endless stream.
        if (outcome.Kind == JqOutcomeKind.Value)
            outcome = JqProgram.Compile(source).Run(default, null, Small).Last();
        Assert.Equal(JqOutcomeKind.Error, outcome.Kind);
    }

    [Fact]
    public void RegularExpression_ThatBacktracksForever_EndsWithAnError()
    {
        var budget = Small with { WallTime = TimeSpan.FromMilliseconds(300) };
        var outcome = JqProgram.Compile("""test("^(a+)+$")""").First(new string('a', 40) + "b", default, budget);
        Assert.Contains("budget", outcome.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void RegularExpressions_ThatAreSlowOneByOne_EndTogether()
    {
        var budget = Small with { WallTime = TimeSpan.FromMilliseconds(400) };
        var program = JqProgram.Compile("""[range(100) as $i | try test("^(a+)+$") catch "slow"]""");
        Assert.Contains("budget", program.First(new string('a', 40) + "b", default, budget).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Output_FarLongerThanTheProgram_IsRefused()
    {
        var doubled = JqProgram.Compile("{a: ., b: .}" + string.Concat(Enumerable.Repeat(" | {a: ., b: .}", 40)));
        Assert.Contains("output budget", doubled.First(1).Message, StringComparison.Ordinal);
        Assert.Contains("output budget", doubled.Run(1).Last().Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Memory_OfWhatIsDropped_CostsNothing()
    {
        var program = JqProgram.Compile("reduce range(2000) as $i (0; ([range(2000)] | tojson | length) + $i) | . > 0");
        Assert.True(program.First(default, default, JqBudget.Default with { MemoryBytes = 8 << 20 }).Value.IsTruthy);
    }

    [Theory]
    [InlineData("try (def f: f; f) catch 1")]
    [InlineData("[.[]?, (def f: f; f)?]")]
    [InlineData("first(def f: f; f) // 1")]
    [InlineData(". as [$a] ?// $a | def f: f; f")]
    public void UsedUpBudget_InsideATry_IsNotCaught(string source) =>
        Assert.Contains("budget", JqProgram.Compile(source).First(default, default, Small).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("[range(200000)] | length", "200000")]
    [InlineData("reduce range(100000) as $i ([]; . + [$i]) | length", "100000")]
    [InlineData("reduce range(100000) as $i ({}; .[\"k\\($i)\"] = $i) | length", "100000")]
    [InlineData("reduce range(50000) as $i ([range(50000)]; .[$i] = 0) | add", "0")]
    [InlineData("def r: if . >= 500000 then . else (. + 1 | r) end; 0 | r", "500000")]
    [InlineData("def f($n): if $n == 0 then \"done\" else f($n - 1) end; f(300000)", "\"done\"")]
    [InlineData("def f($n): if $n == 0 then 0 else 1 + f($n - 1) end; f(15000)", "15000")]
    [InlineData("last(recurse(if . < 100000 then . + 1 else empty end))", "100000")]
    [InlineData("reduce range(100000) as $i (0; [.]) | [recurse(.[0]?; . != null)] | length > 90000", "true")]
    [InlineData("[limit(100000; repeat(1))] | length", "100000")]
    [InlineData("0 | until(. == 300000; . + 1)", "300000")]
    public void LongLoop_ThatEnds_StaysWithinTheDefaultBudget(string source, string expected)
    {
        var outcome = JqProgram.Compile(source).First(default, default, JqBudget.Default with { WallTime = TimeSpan.FromMinutes(2) });
        Assert.Equal(expected, outcome.IsValue ? outcome.Value.ToString() : outcome.Message);
    }

    [Fact]
    public void Depth_OfATailCall_CostsNothing()
    {
        var budget = Small with { Depth = 10 };
        var outcome = JqProgram.Compile("def r: if . >= 1000 then . else (. + 1 | r) end; 0 | r").First(default, default, budget);
        Assert.Equal(1000, outcome.Value.AsDouble());
    }

    [Fact]
    public void Depth_BeyondTheStack_GoesOnOnAnother()
    {
        var budget = JqBudget.Generous;
        var outcome = JqProgram.Compile("def f($n): if $n == 0 then 0 else [f($n - 1)] | .[0] + 1 end; f(60000)").First(default, default, budget);
        Assert.Equal(60_000, outcome.Value.AsDouble());
    }

    [Fact]
    public void Cancellation_BeforeTheEnd_EndsTheEvaluation()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        var outcome = JqProgram.Compile("def f: f; f").First(default, default, JqBudget.Generous with { Cancellation = source.Token });
        Assert.Equal("The evaluation was cancelled", outcome.Message);
    }

    [Fact]
    public void WallTime_ThatRunsOut_EndsTheEvaluation()
    {
        var outcome = JqProgram.Compile("def f: f; f").First(default, default, JqBudget.Generous with { WallTime = TimeSpan.FromMilliseconds(20) });
        Assert.Contains("time budget", outcome.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Outputs_BeyondTheirBytes_Stop()
    {
        var outcomes = JqProgram.Compile("repeat(\"x\" * 100)").Run(default, null, Small with { OutputBytes = 10_000 }).ToArray();
        Assert.InRange(outcomes.Length, 1, 700);
    }

    [Fact]
    public void Machine_AfterAUsedUpBudget_WorksAsBefore()
    {
        var endless = JqProgram.Compile("def f: f; f");
        var plain = JqProgram.Compile(".a");
        Assert.False(endless.First(default, default, Small).IsValue);
        Assert.Equal(1, plain.First(JsonObject.Of(("a", 1))).Value.AsDouble());
    }

    [Theory]
    [InlineData("(", ")")]
    [InlineData("-", "")]
    [InlineData("try ", "")]
    [InlineData("1 // ", "")]
    [InlineData("{a:", "}")]
    public void Nesting_OfTheProgramItself_IsRefusedRatherThanFatal(string open, string close)
    {
        var deep = string.Concat(Enumerable.Repeat(open, 200_000)) + "1" + string.Concat(Enumerable.Repeat(close, 200_000));
        var refusal = Assert.Throws<JqCompileException>(() => JqProgram.Compile(deep));
        Assert.Contains("nested too deeply", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Inlining_ThatWouldExplode_IsGivenUp()
    {
        var source = string.Concat(Enumerable.Range(1, 60).Select(i => $"def f{i}: f{i - 1}, f{i - 1}; "));
        var program = JqProgram.Compile($"def f0: 1; {source} first(f60)");
        Assert.Equal(1, program.First(default).Value.AsDouble());
    }
}
