using Voltwright.Bench;
using Voltwright.Jq;

namespace Voltwright.Cli.Tests;

public sealed class BenchTests
{
    [Fact]
    public async Task Bench_OfNothingKnown_NamesWhatThereIsAndExitsWithTwo()
    {
        var ended = await Executable.RunAsync("bench", "nosuch");
        Assert.Equal(2, ended.ExitCode);
        Assert.Contains("'nosuch'; there are jq", ended.Messages, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(200, 100, false, 2)]
    [InlineData(200, 100, true, 0.5)]
    public void Ratio_EitherWay_IsAboveOneWhenBetter(double value, double baseline, bool lessIsBetter, double ratio) =>
        Assert.Equal(ratio, new Report("b").Add("m", value, "u", new("other", baseline), null, lessIsBetter).Ratio);

    [Theory]
    [InlineData(10, 10, false, true)]
    [InlineData(9, 10, false, false)]
    [InlineData(9, 10, true, true)]
    [InlineData(11, 10, true, false)]
    public void Target_OfAValue_IsMetFromItsSide(double value, double target, bool lessIsBetter, bool met) =>
        Assert.Equal(met, new Report("b").Add("m", value, "u", null, new(target), lessIsBetter).Met);

    [Fact]
    public void Target_OfARatioWithoutItsBaseline_IsNotMet() =>
        Assert.False(new Report("b").Add("m", 10, "u", null, new(2, IsRatio: true)).Met);

    [Fact]
    public void Report_AsJson_CarriesValueRatioAndTarget()
    {
        var report = new Report("b");
        report.Add("m", 30, "x/s", new("other", 10), new(2, IsRatio: true));
        report.Remark("a remark");
        var json = (JsonValue)report.ToJson();
        var program = JqProgram.Compile("[.benchmark, (.measurements[0] | .name, .value, .unit, .baseline.name, .ratio, .target.of, .met), .remarks[0]]");
        Assert.Equal("""["b","m",30,"x/s","other",3,"ratio",true,"a remark"]""", program.First(json).Value.ToString());
    }

    [Theory]
    [InlineData(100, 50, 50)]
    [InlineData(100, 99, 99)]
    [InlineData(1, 99, 1)]
    [InlineData(2, 50, 1)]
    [InlineData(0, 50, 0)]
    public void Percentile_OfSoManyValues_IsWhatSoManyDoNotExceed(int count, int percent, double expected) =>
        Assert.Equal(expected, Meter.Percentile([.. Enumerable.Range(1, count).Reverse().Select(n => (double)n)], percent));

    [Fact]
    public void Benchmarks_ThatTakeLong_RunOnRequestOnly() =>
        Assert.Equal(["analytics", "soak"], Benchmark.All.Where(b => b.OnRequest).Select(b => b.Name));

    [Fact]
    public async Task Bench_ForNoTime_SaysSoAndExitsWithTwo()
    {
        var ended = await Executable.RunAsync("bench", "soak", "--minutes", "0");
        Assert.Equal(2, ended.ExitCode);
        Assert.Contains("--minutes", ended.Messages, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Analytics_OfAFewSessions_AnswersAndAddsUp()
    {
        var report = new Report("analytics", sessions: 500);
        await Benchmark.All.Single(b => b.Name == "analytics").RunAsync(report, CancellationToken.None);
        Assert.Contains(report.Remarks, r => r.Contains("to the cent", StringComparison.Ordinal));
        Assert.All(report.Measurements, m => Assert.True(m.Value > 0, m.Name));
    }

    [Fact]
    public void Rate_OfKnownWork_CountsEveryCall()
    {
        var calls = 0L;
        Assert.True(Meter.Rate(n => calls += n) > 0);
        Assert.True(calls > 0);
    }

    [Fact]
    public void BytesPerCall_OfAnArray_CountsItsBytes()
    {
        object? kept = null;
        var bytes = Meter.BytesPerCall(n =>
        {
            for (var i = 0; i < n; i++)
                kept = new byte[100];
        });
        Assert.NotNull(kept);
        Assert.InRange(bytes, 100, 200);
    }
}
