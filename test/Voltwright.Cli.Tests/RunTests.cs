using System.Text.Json.Nodes;
using Voltwright.Testing;

namespace Voltwright.Cli.Tests;

public sealed class RunTests : IDisposable
{
    private const string Greeting = """
        document: { dsl: '1.0.0', namespace: default, name: greeting, version: '0.1.0' }
        do:
          - greet:
              set:
                text: ${ "Hello \(.name)" }
        """;

    private const string Failing = """
        document: { dsl: '1.0.0', namespace: default, name: failing, version: '0.1.0' }
        do:
          - fail:
              raise:
                error:
                  type: https://serverlessworkflow.io/spec/1.0.0/errors/validation
                  status: 400
                  title: Wrong
                  detail: ${ "not \(.name)" }
        """;

    private const string Triggered = """
        document: { dsl: '1.0.0', namespace: default, name: triggered, version: '0.1.0' }
        schedule:
          on:
            any:
              - with:
                  type: com.example.tap.v1
        do:
          - answer:
              set:
                card: ${ $workflow.input[0].data.card }
          - tell:
              emit:
                event:
                  with:
                    source: https://example.com
                    type: com.example.told.v1
                    data: ${ . }
        """;

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Run_ThatCompletes_PrintsItsOutput()
    {
        var ended = await Executable.RunAsync("run", _folder.Write("w.yaml", Greeting), "--input", _folder.Write("in.json", """{"name":"Ada"}"""));
        Assert.Equal((0, """{"text":"Hello Ada"}"""), (ended.ExitCode, ended.Output.Trim()));
    }

    [Fact]
    public async Task Run_ThatFaults_PrintsProblemDetailsAndExitsWithOne()
    {
        var ended = await Executable.FeedAsync("name: Ada", "run", _folder.Write("w.yaml", Failing), "--input", "-");
        Assert.Equal(1, ended.ExitCode);
        var error = JsonNode.Parse(ended.Output)!;
        Assert.Equal((400, "Wrong", "not Ada", "/do/0/fail"),
            ((int)error["status"]!, (string?)error["title"], (string?)error["detail"], (string?)error["instance"]));
    }

    [Fact]
    public async Task Run_WithATrace_WritesALineForEveryTaskEvent()
    {
        var trace = Path.Combine(_folder.Path, "trace.jsonl");
        await Executable.RunAsync("run", _folder.Write("w.yaml", Greeting), "--trace", trace);
        var lines = (await File.ReadAllLinesAsync(trace)).Select(l => JsonNode.Parse(l)!).ToArray();
        Assert.Contains(lines, l => (string?)l["task"] == "/do/0/greet" && (string?)l["event"] == "started");
        Assert.Contains(lines, l => (string?)l["task"] == "/do/0/greet" && (string?)l["event"] == "completed" && (string?)l["name"] == "greet");
        var numbers = lines.Where(l => l["task"] is not null).Select(l => (int)l["seq"]!).ToArray();
        Assert.Equal(Enumerable.Range(1, numbers.Length), numbers);
        var lifecycle = lines.Where(l => (string?)l["event"] == "lifecycle").Select(l => (string?)l["cloudEvent"]!["type"]).ToArray();
        Assert.Equal(("io.serverlessworkflow.workflow.started.v1", "io.serverlessworkflow.workflow.completed.v1"), (lifecycle[0], lifecycle[^1]));
    }

    [Fact]
    public async Task Run_WithEvents_StartsByTheOneThatMatchesAndNamesTheOther()
    {
        var other = _folder.Write("other.json", """{"specversion":"1.0","id":"1","source":"/s","type":"com.example.other.v1","data":{}}""");
        var tap = _folder.Write("tap.json", """{"specversion":"1.0","id":"2","source":"/s","type":"com.example.tap.v1","data":{"card":"TAG1"}}""");
        var ended = await Executable.RunAsync("run", _folder.Write("w.yaml", Triggered), "--event", other, "--event", tap, "--trace", "-");
        Assert.Equal(0, ended.ExitCode);
        Assert.Contains(other, ended.Messages, StringComparison.Ordinal);
        Assert.DoesNotContain(tap, ended.Messages, StringComparison.Ordinal);
        var emitted = ended.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonNode.Parse(l)!)
            .Single(l => (string?)l["event"] == "emitted");
        Assert.Equal("com.example.told.v1", (string?)emitted["cloudEvent"]!["type"]);
        Assert.Equal("TAG1", (string?)emitted["cloudEvent"]!["data"]!["card"]);
    }

    [Fact]
    public async Task Run_OfACallToLoopback_IsRefusedUnlessNamed()
    {
        var file = _folder.Write("w.yaml", """
            document: { dsl: '1.0.0', namespace: default, name: calling, version: '0.1.0' }
            do:
              - call:
                  call: http
                  with: { method: get, endpoint: 'http://127.0.0.1:9/' }
            """);
        var refused = JsonNode.Parse((await Executable.RunAsync("run", file)).Output)!;
        var allowed = JsonNode.Parse((await Executable.RunAsync("run", file, "--allow", "127.0.0.1:9")).Output)!;
        Assert.NotEqual((int)refused["status"]!, (int)allowed["status"]!);
        Assert.Contains("127.0.0.1", (string?)refused["detail"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_ThatTakesTooLong_IsCancelledAndExitsWithOne()
    {
        var file = _folder.Write("w.yaml", """
            document: { dsl: '1.0.0', namespace: default, name: waiting, version: '0.1.0' }
            do:
              - rest:
                  wait: { hours: 1 }
            """);
        var ended = await Executable.RunAsync("run", file, "--timeout", "300ms");
        Assert.Equal((1, ""), (ended.ExitCode, ended.Output));
        Assert.Contains("300ms", ended.Messages, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_OfAnInvalidWorkflow_SaysWhereAndExitsWithTwo()
    {
        var file = _folder.Write("w.yaml", "document: 1\ndo: []\n");
        var ended = await Executable.RunAsync("run", file);
        Assert.Equal((2, ""), (ended.ExitCode, ended.Output));
        Assert.Contains($"{file}:1:", ended.Messages, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_OfAWorkflowThatListensAndRunsAnother_TakesEventsInOrder_AndFindsTheOtherBesideIt()
    {
        _folder.Write("child.yaml", """
            document: { dsl: '1.0.3', namespace: default, name: child, version: '0.2.0' }
            do: [ { answer: { set: { got: '${ . }' } } } ]
            """);
        var file = _folder.Write("w.yaml", """
            document: { dsl: '1.0.3', namespace: default, name: parent, version: '0.1.0' }
            do:
              - hear: { listen: { to: { any: [ { with: { type: a } } ], until: '. | length >= 2' } } }
              - sub: { run: { workflow: { namespace: default, name: child, version: latest, input: '${ . }' } } }
            """);
        string Event(int n, string type) =>
            _folder.Write($"{n}.json", $$"""{"specversion":"1.0","id":"{{n}}","source":"/s","type":"{{type}}","data":{{n}}}""");

        var ended = await Executable.RunAsync("run", file, "--event", Event(1, "a"), "--event", Event(2, "b"), "--event", Event(3, "a"));
        Assert.Equal((0, """{"got":[1,3]}"""), (ended.ExitCode, ended.Output.Trim()));
        Assert.Contains("2.json", ended.Messages, StringComparison.Ordinal);

        var starved = await Executable.RunAsync("run", file, "--event", Event(1, "a"));
        Assert.Equal((1, ""), (starved.ExitCode, starved.Output));
        Assert.Contains("still listens", starved.Messages, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();
}
