using Voltwright.Jq;
using Voltwright.Testing;
using Voltwright.Workflows.Tests.Cases;

namespace Voltwright.Workflows.Tests.Conformance;

/// <summary>Every published example runs, against the world that <c>examples.yaml</c> describes for it.</summary>
public sealed class PublishedExampleRunTests
{
    public static TheoryData<string> Names => [.. SharedFiles.Files("dsl/examples", "*.yaml").Select(f => Path.GetFileName(f)).DefaultIfEmpty("")];

    private static Dictionary<string, JsonValue> Worlds { get; } = WorkflowReader.ReadValue(File.ReadAllText(
        Path.Combine(Repository.Root, "test", "Voltwright.Workflows.Tests", "Conformance", "examples.yaml"))).AsArray()
        .SelectMany(w => w["examples"].AsArray(), (w, e) => (Name: e.AsString(), World: w)).ToDictionary(w => w.Name, w => w.World);

    [Theory]
    [MemberData(nameof(Names))]
    public void Example_InItsWorld_DoesWhatItSays(string name)
    {
        if (name.Length == 0)
            return;
        Assert.True(Worlds.TryGetValue(name, out var world), $"examples.yaml says nothing of {name}.");
        var text = File.ReadAllText(SharedFiles.Files("dsl/examples", name).Single());
        foreach (var restores in new[] { false, true })
            CaseExpectations.Check(world, CasePlayer.Play(text, world, restores));
    }
}
