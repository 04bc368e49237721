using Voltwright.Automation.Invocations;
using Voltwright.Automation.Invocations.Grpc;
using Voltwright.Workflows.Runs;

namespace Voltwright.Tests.Automation.Invocations.Grpc;

public sealed class ProtoTextTests
{
    [Fact]
    public async Task Parse_Imports_AreAskedForOnceEach()
    {
        var asked = new List<string>();
        var files = await ProtoText.ParseAsync(
            """
            syntax = "proto3";
            import "common/a.proto";
            import public "b.proto";
            message M { A a = 1; B b = 2; }
            service S { rpc Do(M) returns (A); }
            """,
            name =>
            {
                asked.Add(name);
                return Task.FromResult(name == "b.proto"
                    ? "syntax = \"proto3\"; import \"common/a.proto\"; message B { A a = 1; }" : "syntax = \"proto3\"; message A { string x = 1; }");
            });
        Assert.Equal(["common/a.proto", "b.proto"], asked);
        var method = Assert.Single(files.SelectMany(f => f.Services)).FindMethodByName("Do");
        Assert.Equal(("M", "A"), (method.InputType.Name, method.OutputType.Name));
    }

    [Fact]
    public async Task Parse_Mistake_IsAConfigurationErrorWithItsLine()
    {
        var error = await Assert.ThrowsAsync<InvocationException>(() => ProtoText.ParseAsync(
            "syntax = \"proto3\";\nmessage M {\n  Missing m = 1;\n}", _ => Task.FromResult("")));
        Assert.Equal(InvocationFailure.Configuration, error.Failure);
        Assert.Contains("line 3", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Parse_ImportsWithoutEnd_AreBounded()
    {
        var number = 0;
        var error = await Assert.ThrowsAsync<InvocationException>(() => ProtoText.ParseAsync(
            "import \"x0.proto\";", _ => Task.FromResult($"import \"x{++number}.proto\";")));
        Assert.Contains("200", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"https://example.com/api/greet.proto?v=1\"", "https://example.com/api/other.proto")]
    [InlineData("{\"endpoint\": \"file://app/greet.proto\"}", "file://app/other.proto")]
    [InlineData("{\"endpoint\": {\"uri\": \"https://example.com/greet.proto\"}}", "https://example.com/other.proto")]
    public void Resource_Beside_IsInTheSameFolder(string resource, string expected) =>
        Assert.Equal(expected, Resource.AddressOf(Resource.Beside(Jq.JsonValue.Parse(resource), "other.proto")));
}
