using Voltwright.Jq;
using Voltwright.Workflows.Drawing;
using Voltwright.Workflows.Runs;
using Xunit;

namespace Voltwright.Workflows.Tests.Drawing;

public sealed class RunTrailTests
{
    private const string Trace = """
        {"seq":1,"task":"/do/0/a","name":"a","event":"started","at":"2026-01-01T00:00:00.000Z","input":1}
        {"seq":2,"task":"/do/0/a","name":"a","event":"completed","at":"2026-01-01T00:00:00.250Z","output":2}
        {"seq":3,"task":"/do/1/b","name":"b","event":"started","at":"2026-01-01T00:00:01.000Z","input":2}
        {"seq":4,"task":"/do/1/b/try/0/c","name":"c","event":"started","at":"2026-01-01T00:00:01.000Z","input":2}
        {"seq":5,"task":"/do/1/b/try/0/c","name":"c","event":"faulted","at":"2026-01-01T00:00:02.000Z","error":{"status":503,"title":"off","instance":"/do/1/b/try/0/c"}}
        {"seq":6,"task":"/do/1/b","name":"b","event":"retried","at":"2026-01-01T00:00:02.000Z","error":{"status":503,"title":"off"}}
        {"seq":7,"task":"/do/1/b/try/0/c","name":"c","event":"started","at":"2026-01-01T00:00:03.000Z","input":2}
        {"seq":8,"task":"/do/1/b/try/0/c","name":"c","event":"completed","at":"2026-01-01T00:00:05.000Z","output":3}
        {"seq":9,"task":"/do/1/b","name":"b","event":"completed","at":"2026-01-01T00:00:05.000Z","output":3}
        {"seq":10,"task":"/do/2/d","name":"d","event":"skipped","at":"2026-01-01T00:00:05.000Z","input":3}
        {"seq":11,"task":"/do/3/e","name":"e","event":"started","at":"2026-01-01T00:00:05.000Z","input":3}
        {"seq":12,"task":"/do/3/e","name":"e","event":"faulted","at":"2026-01-01T00:00:05.000Z","error":{"status":400,"title":"bad","instance":"/do/3/e"}}
        """;

    [Fact]
    public void Parse_OfATrace_CountsStartsRetriesAndTime()
    {
        var task = RunTrail.Parse(Trace).Of("/do/1/b/try/0/c")!;

        Assert.Equal((2, 1, TimeSpan.FromSeconds(3), TraceEvent.Completed), (task.Starts, task.Faults, task.Spent, task.Last));
        Assert.Equal(1, RunTrail.Parse(Trace).Of("/do/1/b")!.Retries);
    }

    [Fact]
    public void Parse_OfATrace_KnowsWhatPassedFromTaskToTask()
    {
        var trail = RunTrail.Parse(Trace);

        Assert.Equal([2], trail.Passed("/do/0/a", "/do/1/b"));
        Assert.Equal([3], trail.Passed("/do/1/b/try/0/c", null));
        Assert.Equal([3], trail.Passed("/do/2/d", "/do/3/e"));
        Assert.Empty(trail.Passed("/do/0/a", "/do/3/e"));
    }

    [Fact]
    public void Parse_OfAFailedRun_NamesTheTaskThatFailed()
    {
        var trail = RunTrail.Parse(Trace);

        Assert.Equal((TraceEvent.Faulted, "/do/3/e"), (trail.Outcome, trail.FailedTask));
        Assert.True(trail.HasFailedIn("/do/3/e"));
        Assert.False(trail.HasFailedIn("/do/1/b"));
    }

    [Fact]
    public void Parse_OfARunWithItsJournal_ReadsTheSame()
    {
        var records = Trace.Split('\n').Chunk(4).Select(lines => $$"""{"at":"2026-01-01T00:00:00Z","on":"started","trace":[{{string.Join(',', lines)}}]}""");

        var trail = RunTrail.Parse($$"""
            { "id": "r", "status": "faulted", "error": { "instance": "/do/3/e" }, "journal": [{{string.Join(',', records)}}] }
            """);

        Assert.Equal("/do/3/e", trail.FailedTask);
        Assert.Equal([2], trail.Passed("/do/0/a", "/do/1/b"));
    }

    [Theory]
    [InlineData("do: nothing")]
    [InlineData("""{ "id": "r", "status": "running" }""")]
    [InlineData("""{"task":"/do/0/a","event":"exploded","at":"2026-01-01T00:00:00Z"}""")]
    public void Parse_OfSomethingElse_SaysWhatWasExpected(string text) => Assert.NotEmpty(Assert.Throws<FormatException>(() => RunTrail.Parse(text)).Message);

    [Theory]
    [InlineData("running", null)]
    [InlineData("cancelled", TraceEvent.Cancelled)]
    [InlineData("completed", TraceEvent.Completed)]
    public void Parse_OfARunThatTheServerKnows_TakesItsWordForTheOutcome(string status, TraceEvent? outcome) =>
        Assert.Equal(outcome, RunTrail.Parse($$"""{ "status": "{{status}}", "journal": [] }""").Outcome);

    [Fact]
    public void Parse_OfARunThatEndedWithinATask_KnowsThatItEndedThere()
    {
        const string trace = """
            {"task":"/do/0/a","event":"started","at":"2026-01-01T00:00:00.000Z","input":1}
            {"task":"/do/0/a/do/0/b","event":"started","at":"2026-01-01T00:00:00.000Z","input":1}
            {"task":"/do/0/a/do/0/b","event":"completed","at":"2026-01-01T00:00:00.250Z","output":2}
            """;
        var trail = RunTrail.Parse(trace);

        Assert.Equal(TraceEvent.Completed, trail.Outcome);
        Assert.Equal([2], trail.Passed("/do/0/a/do/0/b", null));
        Assert.Null(RunTrail.Parse(trace[..trace.LastIndexOf('\n')]).Outcome);
    }

    [Theory]
    [InlineData("suspended", "this run is suspended")]
    [InlineData("waiting", "this run goes on")]
    [InlineData("cancelled", "this run cancelled")]
    public void Picture_OfARun_SaysHowItStands(string status, string words)
    {
        const string Text = "document: { dsl: '1.0.0', namespace: n, name: w, version: '1.0.0' }\ndo: [ { a: { wait: { minutes: 5 } } } ]";
        var trail = RunTrail.Parse($$"""{ "status": "{{status}}", "journal": [] }""");
        Assert.Contains(words, WorkflowDrawing.Svg(WorkflowReader.Read(Text, "test.yaml").Definition!, trail), StringComparison.Ordinal);
    }

    [Fact]
    public void Picture_OfARun_ShowsTheWayItWentAndWhereItFailed()
    {
        var scene = Geometry.Read("""
            document: { dsl: '1.0.3', namespace: a, name: b, version: '1.0.0' }
            do:
              - a: { set: { x: 1 } }
              - b:
                  try:
                    - c: { set: { x: 1 } }
                  catch: { retry: { delay: { seconds: 1 }, limit: { attempt: { count: 3 } } } }
              - d: { if: .x, set: { x: 1 } }
              - e: { raise: { error: { type: 'https://x.y/z', status: 400, title: bad } } }
              - f: { set: { x: 1 } }
            """, RunTrail.Parse(Trace));

        IEnumerable<string> Data(string pointer) =>
            scene.Boxes.Single(x => x.Pointer == pointer).Text.Select(t => t.Text).Where(t => t.Split(' ')[0] is "in" or "out");

        Assert.Empty(Geometry.Faults(scene));
        var fates = scene.Boxes.Where(x => x.Pointer is not null).ToDictionary(x => x.Pointer!.Split('/')[^1], x => (x.Fate, x.Step));
        Assert.Equal((BoxFate.Done, 1), fates["a"]);
        Assert.Equal((BoxFate.Done, 3), fates["c"]);
        Assert.Equal((BoxFate.Skipped, null), fates["d"]);
        Assert.Equal((BoxFate.Failed, 4), fates["e"]);
        Assert.Equal((BoxFate.Untouched, null), fates["f"]);
        var taken = scene.Arrows.Where(w => w.Taken == true).Select(w => $"{First(w.From.Title)}>{First(w.To.Title)}");
        Assert.Equal(["b>a", "a>b", "b>d", "d>e", "what is tried>catch every error"], taken);
        Assert.Contains("\"title\": \"bad\"", scene.Boxes.Single(x => x.Pointer == "/do/3/e").Title, StringComparison.Ordinal);
        Assert.Equal(["in 1", "out 2"], Data("/do/0/a"));
        Assert.Equal(["in 3"], Data("/do/3/e"));
        Assert.Contains("failed: 400 bad", scene.Description, StringComparison.Ordinal);
    }

    private static string First(string title) => title.Split('\n')[0];
}
