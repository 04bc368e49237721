using Voltwright.Jq;
using Voltwright.Workflows.Runs;
using Voltwright.Workflows.Tests.Histories;

namespace Voltwright.Workflows.Tests.Cases;

/// <summary>
/// Semantics as data: each case of the YAML files beside this one is played as it is, with its state stored and restored after
/// every step, and once more from its recorded events. All three must come out the same.
/// </summary>
public sealed class CaseTests
{
    private static readonly string Folder = Path.Combine(SharedFiles.Root, "test", "Voltwright.Workflows.Tests", "Cases");

    public static TheoryData<string> Names => [.. All.Keys];

    private static Dictionary<string, JsonValue> All { get; } = Directory.EnumerateFiles(Folder, "*.yaml").Order(StringComparer.Ordinal)
        .SelectMany(f => WorkflowReader.ReadValue(File.ReadAllText(f)).AsArray(), (f, c) => (Path.GetFileNameWithoutExtension(f), c))
        .ToDictionary(c => $"{c.Item1}: {c.c["name"].AsString()}", c => c.c);

    [Theory]
    [MemberData(nameof(Names))]
    public void Case_Played_ComesOutAsItSays(string name)
    {
        var @case = All[name];
        var definition = CaseDefinition.Of(@case);
        var plain = CasePlayer.Play(definition.ToString(), @case, restores: false);
        CaseExpectations.Check(@case, plain);
        var restored = CasePlayer.Play(definition.ToString(), @case, restores: true);

        Assert.Equal(plain.State.ToJson().ToString(), restored.State.ToJson().ToString());
        Assert.Equal(plain.Trace.Select(t => ((JsonValue)t.ToJson()).ToString()), restored.Trace.Select(t => ((JsonValue)t.ToJson()).ToString()));
        Assert.Equal(plain.Commands.Select(CommandText.Of), restored.Commands.Select(CommandText.Of));
        Assert.Equal(plain.State.ToJson(), Replay(plain).ToJson());
        if (Environment.GetEnvironmentVariable("VOLTWRIGHT_RECORD") == "1")
            Record(name, @case, plain);
    }

    private static void Record(string name, JsonValue @case, TestHost host)
    {
        var file = string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) ? char.ToLowerInvariant(c) : '-')).Trim('-') + ".json";
        var history = HistoryTests.Record(CaseDefinition.Of(@case), host.State.Input, host.Applied);
        File.WriteAllText(Path.Combine(AppContext.BaseDirectory, file), history.ToIndentedString() + "\n");
    }

    private static RunState Replay(TestHost host)
    {
        var step = Engine.Start(host.Program, new RunStart("run-1", host.State.Input, TestHost.Start, host.Secrets));
        foreach (var e in host.Applied.Select(e => RunEventJson.Read(JsonValue.Parse(((JsonValue)RunEventJson.Write(e)).ToString()))))
            step = Engine.Apply(host.Program, step.State, e, host.Secrets);
        return step.State;
    }
}
