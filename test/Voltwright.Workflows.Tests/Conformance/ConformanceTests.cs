using System.Text.RegularExpressions;
using Voltwright.Jq;
using Voltwright.Testing;
using Voltwright.Workflows.Runs;

namespace Voltwright.Workflows.Tests.Conformance;

/// <summary>The conformance features, with stand-ins for the two services they call.</summary>
public sealed partial class ConformanceTests
{
    // The document of the API is read by the host: played there, by the tests of OpenAPI calls.
    private static readonly string[] PlayedByTheHost = ["Call OpenAPI With Content Output", "Call OpenAPI With Response Output"];

    public static TheoryData<string> Names => [.. Scenarios.Keys.DefaultIfEmpty("")];

    private static Dictionary<string, Scenario> Scenarios { get; } = SharedFiles.Files("ctk", "*.feature").SelectMany(Feature.Read)
        .Where(s => !PlayedByTheHost.Contains(s.Name)).ToDictionary(s => s.ToString());

    [Theory]
    [MemberData(nameof(Names))]
    public void Scenario_Played_ComesOutAsTheFeatureSays(string name)
    {
        if (!Scenarios.TryGetValue(name, out var scenario))
            return;
        foreach (var restores in new[] { false, true })
            Play(scenario, restores);
    }

    private static void Play(Scenario scenario, bool restores)
    {
        TestHost? host = null;
        JsonValue input = default;
        foreach (var (text, block) in scenario.Steps)
        {
            if (text.StartsWith("a workflow with definition", StringComparison.Ordinal))
                host = new TestHost(block) { Restores = restores };
            else if (text.StartsWith("given the workflow input", StringComparison.Ordinal))
                input = WorkflowReader.ReadValue(block);
            else if (text == "the workflow is executed")
                Execute(host!, input);
            else
                Check(host!, text, block);
        }
    }

    private static void Execute(TestHost host, JsonValue input)
    {
        host.Http = call => PetStore.Answer(host, call);
        host.Run(input);
    }

    private static void Check(TestHost host, string text, string block)
    {
        var state = host.State;
        switch (text)
        {
            case "the workflow should complete":
                Assert.Equal(RunStatus.Completed, state.Status);
                break;
            case "the workflow should complete with output:":
                Assert.Equal(RunStatus.Completed, state.Status);
                Assert.Equal(WorkflowReader.ReadValue(block), state.Output);
                break;
            case "the workflow should fault":
                Assert.Equal(RunStatus.Faulted, state.Status);
                break;
            case "the workflow should fault with error:":
                Assert.Equal(RunStatus.Faulted, state.Status);
                Assert.Equal(WorkflowReader.ReadValue(block), state.Error);
                break;
            default:
                CheckDetail(host, text, block);
                break;
        }
    }

    private static void CheckDetail(TestHost host, string text, string block)
    {
        var order = host.Trace.Where(t => t.Event == TraceEvent.Started).Select(t => t.Name).ToList();
        if (Properties().Match(text) is { Success: true })
        {
            foreach (var path in Quoted().Matches(text).Select(m => m.Groups[1].Value))
                Assert.True(Has(host.State.Output, path), $"{path} in {host.State.Output}");
        }
        else if (PropertyValue().Match(text) is { Success: true } value)
            Assert.Equal(WorkflowReader.ReadValue(block), At(host.State.Output, value.Groups[1].Value));
        else if (PropertyItems().Match(text) is { Success: true } items)
            Assert.Equal(int.Parse(items.Groups[2].Value, null), At(host.State.Output, items.Groups[1].Value).AsArray().Count);
        else if (RunsAfter().Match(text) is { Success: true } after)
            Assert.True(order.IndexOf(after.Groups[1].Value) > order.IndexOf(after.Groups[2].Value), text);
        else if (RunsAt().Match(text) is { Success: true } place)
            Assert.Equal(place.Groups[1].Value, place.Groups[2].Value == "first" ? order[0] : order[^1]);
        else
            Assert.Fail($"Unknown step: {text}");
    }

    private static JsonValue At(JsonValue value, string path) => path.Split('.').Aggregate(value, (v, name) => v[name]);

    private static bool Has(JsonValue value, string path)
    {
        foreach (var name in path.Split('.'))
        {
            if (!value.TryGetObject(out var members) || !members.TryGetValue(name, out value))
                return false;
        }

        return true;
    }

    [GeneratedRegex("should have properties")]
    private static partial Regex Properties();

    [GeneratedRegex("'([^']+)'")]
    private static partial Regex Quoted();

    [GeneratedRegex("should have an? '([^']+)' property with value:")]
    private static partial Regex PropertyValue();

    [GeneratedRegex("should have a '([^']+)' property containing ([0-9]+) items")]
    private static partial Regex PropertyItems();

    [GeneratedRegex(@"^(\w+) should run after (\w+)$")]
    private static partial Regex RunsAfter();

    [GeneratedRegex(@"^(\w+) should run (first|last)$")]
    private static partial Regex RunsAt();
}
