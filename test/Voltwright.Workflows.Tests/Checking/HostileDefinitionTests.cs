using System.Text;
using Voltwright.Workflows.Checking;

namespace Voltwright.Workflows.Tests.Checking;

/// <summary>Definitions that are made to keep the checker busy: it comes to its end all the same.</summary>
public sealed class HostileDefinitionTests
{
    private const string Head = "document: { dsl: '1.0.3', namespace: a, name: b, version: '1.0.0' }\ndo:\n";

    public static TheoryData<string> Names => [.. All.Keys];

    private static Dictionary<string, Func<string>> All { get; } = new()
    {
        ["ten thousand tasks that all export"] = () => Tasks(
            10_000, i => $"set: {{ a{i}: '${{ .x }}' }}\n      export: {{ as: '$context + {{ k{i}: . }}' }}"),
        ["a flow that jumps about"] = () => Tasks(
            5_000, i => $"set: {{ a: '${{ . }}' }}\n      export: {{ as: '$context + {{ k{i % 50}: . }}' }}\n      then: t{((i * 7919) + 1) % 5_000}"),
        ["a switch into a thousand branches that fall through"] = () => "  - s:\n      switch:\n"
            + string.Concat(Enumerable.Range(0, 1_000).Reverse().Select(i => $"        - c{i}: {{ when: '.x == {i}', then: t{i} }}\n"))
            + Tasks(1_000, i => $"set: {{ a: {i} }}"),
        ["values that double"] = () => Tasks(300, _ => "set: '${ { a: ., b: ., c: [., .] } }'"),
        ["loops in loops"] = () => Nested(40, "for: { each: x, in: .items }\nexport: { as: '{ n: $context, a: . }' }\ndo:"),
        ["a fork of a thousand"] = () => "  - t:\n      fork:\n        branches:\n" + string.Concat(Enumerable.Range(0, 1_000).Select(
            i => $"          - b{i}:\n              set: {{ a{i}: 1 }}\n              export: {{ as: '$context + {{ k{i}: . }}' }}\n")),
        ["functions that double"] = () => Tasks(1, _ => "set: { a: '${ "
            + string.Concat(Enumerable.Range(0, 30).Select(i => $"def f{i}(g): g + g; "))
            + string.Concat(Enumerable.Range(0, 30).Select(i => $"f{i}(")) + "." + new string(')', 30) + " }' }"),
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void Check_OfAHostileDefinition_ComesToItsEnd(string name)
    {
        var findings = WorkflowChecker.Check(Head + All[name](), name);

        Assert.DoesNotContain(findings, f => f.Severity == Workflows.Findings.FindingSeverity.Error);
    }

    [Fact]
    public void Check_OfTargetsThatNoneOfTwoThousandTasksHas_SaysSoOfEach()
    {
        var findings = WorkflowChecker.Check(Head + Tasks(2_000, i => $"set: {{ a: 1 }}\n      then: x{i}"), "targets");

        Assert.Equal(2_000, findings.Count(f => f.Rule == Workflows.Findings.Rules.UnknownTarget));
    }

    [Fact]
    public void Check_OfFunctionsThatMultiplyOverEveryBound_RefusesThem()
    {
        var functions = Enumerable.Range(0, 12).Select(
            i => $"    f{i}: {{ do: [{string.Join(", ", Enumerable.Range(0, 10).Select(j => $"{{ a{j}: {{ call: f{i + 1} }} }}"))}] }}\n");
        var text = Head.Replace("do:\n", "use:\n  functions:\n", StringComparison.Ordinal)
            + string.Concat(functions) + "    f12: { set: { a: 1 } }\ndo:\n  - t: { call: f0 }\n";

        Assert.Contains(WorkflowChecker.Check(text, "functions"), f => f.Rule == Workflows.Findings.Rules.TooLarge);
    }

    private static string Tasks(int count, Func<int, string> body)
    {
        var text = new StringBuilder();
        for (var i = 0; i < count; i++)
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"  - t{i}:\n      {body(i)}\n");
        return text.ToString();
    }

    private static string Nested(int depth, string around)
    {
        var text = new StringBuilder();
        for (var i = 0; i < depth; i++)
        {
            var indent = new string(' ', 2 + (i * 6));
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"{indent}- t{i}:\n");
            foreach (var line in around.Split('\n'))
                text.Append(System.Globalization.CultureInfo.InvariantCulture, $"{indent}    {line}\n");
        }

        return text.Append(' ', 2 + (depth * 6)).Append("- last:\n").Append(' ', 6 + (depth * 6)).Append("set: { a: '${ [., .] }' }\n").ToString();
    }
}
