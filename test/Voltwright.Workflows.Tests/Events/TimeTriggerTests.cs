using Voltwright.Workflows.Events;
using Voltwright.Workflows.Findings;

namespace Voltwright.Workflows.Tests.Events;

public sealed class TimeTriggerTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Every_KeepsItsGrid_AndDoesNotMakeUpForWhatWasMissed()
    {
        var times = Compile("every: { minutes: 10 }")!;

        Assert.Equal(Noon.AddMinutes(10), times.First(Noon));
        Assert.Equal(Noon.AddMinutes(10), times.Next(Noon, Noon.AddSeconds(3)));
        Assert.Equal(Noon.AddMinutes(40), times.Next(Noon, Noon.AddMinutes(35)));
        Assert.Equal(Noon.AddMinutes(50), times.Next(Noon, Noon.AddMinutes(40)));
    }

    [Fact]
    public void Cron_OfASchedule_IsReadInUtc()
    {
        var times = Compile("cron: '15 3 * * 1'")!;

        Assert.Equal(new DateTimeOffset(2026, 3, 2, 3, 15, 0, TimeSpan.Zero), times.First(Noon));
        Assert.Equal(new DateTimeOffset(2026, 3, 9, 3, 15, 0, TimeSpan.Zero), times.Next(times.First(Noon)!.Value, Noon));
    }

    [Fact]
    public void After_BeginsAtOnce_AndThenCountsFromAnEnd()
    {
        var times = Compile("after: PT30S")!;

        Assert.Equal((Noon, null), (times.First(Noon), times.Next(Noon, Noon)));
        Assert.Equal((TimeSpan.FromSeconds(30), "after pt30s"), (times.Interval, times.Text));
    }

    [Theory]
    [InlineData("cron: 'every now and then'", 3)]
    [InlineData("cron: '* * * * * *'", 3)]
    [InlineData("every: { seconds: 0 }", 3)]
    [InlineData("{ every: { minutes: 1 }, after: { minutes: 1 } }", 3)]
    public void Schedule_ThatCannotBe_IsRefusedAtItsPlace(string schedule, int line)
    {
        var compilation = Load(schedule);

        Assert.Null(compilation.Program);
        Assert.Equal(line, compilation.Findings.Single(f => f.Severity == FindingSeverity.Error).Line);
    }

    private static TimeTrigger? Compile(string schedule) => Load(schedule).Program?.Times;

    private static WorkflowCompilation Load(string schedule) => WorkflowProgram.Load(
        $"document: {{ dsl: '1.0.3', namespace: test, name: timed, version: '1.0.0' }}\nschedule:\n  {schedule}\ndo: [ {{ a: {{ set: {{ b: 1 }} }} }} ]",
        "timed");
}
