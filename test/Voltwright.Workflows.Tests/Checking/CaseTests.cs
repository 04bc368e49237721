using Voltwright.Jq;
using Voltwright.Workflows.Checking;

namespace Voltwright.Workflows.Tests.Checking;

/// <summary>What is found, and what is not, in the small workflows of <c>cases.yaml</c>.</summary>
public sealed class CaseTests(ITestOutputHelper output)
{
    private const string Document = "document: { dsl: '1.0.3', namespace: test, name: case, version: '1.0.0' }\n";

    private static readonly string Folder = Path.Combine(SharedFiles.Root, "test", "Voltwright.Workflows.Tests", "Checking");

    public static TheoryData<string> Names => [.. All.Keys];

    private static Dictionary<string, JsonValue> All { get; } =
        WorkflowReader.ReadValue(File.ReadAllText(Path.Combine(Folder, "cases.yaml"))).AsArray().ToDictionary(c => c["name"].AsString());

    [Theory]
    [MemberData(nameof(Names))]
    public void Check_OfACase_FindsWhatItSays(string name)
    {
        var @case = All[name];
        var findings = WorkflowChecker.Check(Document + @case["workflow"].AsString(), name);

        Assert.Equal(
            string.Join(", ", @case["finds"].AsArray().Select(f => f.AsString())), string.Join(", ", findings.Select(f => $"{f.Rule}@{f.Line - 1}").Distinct()));
    }

    /// <summary>The rates stand in <see cref="MutationTests"/>; here each slip keeps the rules that find it. <c>VOLTWRIGHT_WRITE_DOCS=1</c> writes them down.</summary>
    [Theory]
    [InlineData("charging")]
    [InlineData("settling")]
    public void Check_OfAFrozenWorkflow_FindsEachSlipByTheSameRules(string name)
    {
        var text = File.ReadAllText(Path.Combine(Folder, "Frozen", $"{name}.yaml"));
        Assert.Empty(WorkflowChecker.Check(text, name, TestKnowledge.Supplier));
        var found = Mutations.Of(text).Select(m =>
        {
            var rules = WorkflowChecker.Check(m.Text, name, TestKnowledge.Supplier).Select(f => f.Rule).Distinct().Order(StringComparer.Ordinal);
            return $"{m.Line,3} {m.Kind}: {m.Change} => {string.Join(' ', rules)}".TrimEnd();
        }).ToArray();
        var missed = found.Count(f => f.EndsWith("=>", StringComparison.Ordinal));
        output.WriteLine($"{name}: {1 - ((double)missed / found.Length):P1} of {found.Length} slips found");
        var file = Path.Combine(Folder, "Frozen", $"{name}.slips.txt");
        if (Environment.GetEnvironmentVariable("VOLTWRIGHT_WRITE_DOCS") == "1")
            File.WriteAllText(file, string.Join('\n', found) + "\n");

        Assert.Equal(File.ReadAllText(file).TrimEnd().Split('\n'), found);
    }
}
