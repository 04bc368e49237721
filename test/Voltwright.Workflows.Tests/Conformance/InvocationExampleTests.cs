using System.Text.RegularExpressions;

namespace Voltwright.Workflows.Tests.Conformance;

/// <summary>The published examples of calls by other protocols and of processes.</summary>
public sealed partial class InvocationExampleTests
{
    public static TheoryData<string> Examples =>
        [.. SharedFiles.Files("dsl/examples", "*.yaml").Where(f => Invocation().IsMatch(File.ReadAllText(f))).Select(f => Path.GetFileName(f)).DefaultIfEmpty("")];

    [Theory]
    [MemberData(nameof(Examples))]
    public void Example_Published_Loads(string name)
    {
        if (name.Length == 0)
            return;
        var file = SharedFiles.Files("dsl/examples", name).Single();
        var compilation = WorkflowProgram.Load(File.ReadAllText(file), name, HostFeatures.All);
        Assert.True(compilation.Program is not null, string.Join('\n', compilation.Findings));
    }

    [GeneratedRegex(@"call: (openapi|grpc|asyncapi|a2a|mcp)\b|^\s+(container|script|shell):", RegexOptions.Multiline)]
    private static partial Regex Invocation();
}
