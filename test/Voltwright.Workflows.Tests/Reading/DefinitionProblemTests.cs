using Voltwright.Jq;

namespace Voltwright.Workflows.Tests.Reading;

public sealed class DefinitionProblemTests
{
    private const string Document = "document: { dsl: '1.0.3', namespace: test, name: t, version: '1.0.0' }\n";

    [Theory]
    [InlineData("do: [ { a: { set: { } } }, { b: { set: { }, then: nowhere } } ]", "configuration", "/do/1/b", "no task 'nowhere'")]
    [InlineData("do: [ { a: { do: [ { b: { set: '${ .x | }' } } ] } } ]", "expression", "/do/0/a/do/0/b", "Bad expression")]
    [InlineData("do: [ { a: { raise: { error: gone } } } ]", "configuration", "/do/0/a", "'use.errors' has no 'gone'")]
    public void Problem_OfADefinitionThatCannotRun_IsTheDslsError(string body, string type, string instance, string reason)
    {
        var problem = Of(Document + body)!.Value;

        Assert.Equal($"https://open-workflow-specification.org/spec/1.0.0/errors/{type}", problem["type"]);
        Assert.Equal((400, instance), (problem["status"].AsDouble(), problem["instance"].AsString()));
        Assert.Contains(reason, problem["detail"].AsString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("do: [ { a: { sett: { } } } ]")]
    [InlineData("do: [")]
    [InlineData("do: [ { a: { set: { } } } ]")]
    public void Problem_OfWhatIsNoDefinition_OrOfOneThatRuns_IsNone(string body) => Assert.Null(Of(Document + body));

    private static JsonValue? Of(string text) =>
        DefinitionProblem.Of(text, "t.yaml", WorkflowProgram.Load(text, "t.yaml", HostFeatures.All).Findings);
}
