using Voltwright.Workflows.Checking;

namespace Voltwright.Workflows.Tests.Checking;

/// <summary>The shipped workflow with one slip at a time: how many the checker finds.</summary>
public sealed class MutationTests(ITestOutputHelper output)
{
    private const double Wanted = 0.95;

    [Theory]
    [InlineData("managing-ev-charging-stations.yaml")]
    [InlineData("settling-ended-sessions.yaml")]
    public void Check_OfAMutatedWorkflow_FindsNearlyAllSlips(string file)
    {
        var text = File.ReadAllText(Path.Combine(SharedFiles.Root, "workflows", file));
        // All slips of the frozen copies are looked at in CaseTests; of these, which follow the product, every fourth.
        var mutations = Mutations.Of(text).Where((_, i) => i % 4 == 0).ToArray();
        var missed = mutations.Where(m => WorkflowChecker.Check(m.Text, file, TestKnowledge.Supplier).Count == 0).ToArray();

        foreach (var kind in mutations.GroupBy(m => m.Kind))
            output.WriteLine($"{kind.Key,-30} {kind.Count() - missed.Count(m => m.Kind == kind.Key),4} of {kind.Count(),4}");
        var rate = 1 - ((double)missed.Length / mutations.Length);
        output.WriteLine($"{file}: {rate:P1} of {mutations.Length} slips found");
        Assert.True(rate >= Wanted, $"{rate:P1}; missed: {string.Join("; ", missed.Select(m => $"{m.Kind} at {m.Line}: {m.Change}"))}");
    }
}
