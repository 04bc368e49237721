using Voltwright.Server.Problems;

namespace Voltwright.Server.Tests.Problems;

public sealed class ProblemTests
{
    [Fact]
    public void Refusals_All_HaveAProblem()
    {
        foreach (var kind in Enum.GetValues<RefusalKind>())
            Assert.InRange(Problem.From(new Refusal(kind, "why")).Status, 400, 599);
    }

    [Fact]
    public void NoSlotAvailable_Detail_IsTheUseCasesOwn()
    {
        var problem = Problem.From(new Refusal(RefusalKind.NoSlotAvailable, "whatever"));

        Assert.Equal((400, "No charging slots available"), (problem.Status, problem.Detail));
    }

    [Theory]
    [InlineData("{\"name\":\"a\",\"role\":\"operator\",\"colour\":1}", "colour", "The field 'colour' is not known here.")]
    [InlineData("{\"name\":\"a\"}", null, "Required fields are missing: 'role'.")]
    [InlineData("{\"name\":1,\"role\":\"operator\"}", "name", "The field 'name' has a value that does not fit.")]
    [InlineData("{\"name\":\"a\",\"role\":\"king\"}", "role", "'king' is no role")]
    public async Task Body_ThatDoesNotFit_IsNamedByField(string body, string? field, string detail)
    {
        await using var server = await RunningServer.StartAsync();

        var answer = await server.PostAsync("/api/v2/keys", body);

        Assert.Equal((400, "application/problem+json"), (answer.Status, answer.ContentType));
        Assert.Equal("urn:voltwright:problem:invalid", answer.Json["type"]);
        Assert.StartsWith(detail, answer.Json["detail"].AsString(), StringComparison.Ordinal);
        Assert.Equal(field, answer.Json["field"].TryGetString(out var text) ? text : null);
    }

    [Fact]
    public async Task Body_ThatIsNoJson_IsNamedByPlace()
    {
        await using var server = await RunningServer.StartAsync();

        var answer = await server.PostAsync("/api/v2/keys", "{\n  \"name\": oops }");

        Assert.Equal(400, answer.Status);
        Assert.Equal(2, answer.Json["line"]);
        Assert.StartsWith(
            "The body is not the JSON expected: 'o' is an invalid start", answer.Json["detail"].AsString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET", "/nothing/here", 404)]
    [InlineData("PATCH", "/api/v2/keys", 405)]
    public async Task Path_ThatDoesNotAnswer_IsAProblem(string method, string path, int status)
    {
        await using var server = await RunningServer.StartAsync();

        var answer = await server.SendAsync(new HttpMethod(method), path, null);

        Assert.Equal((status, "application/problem+json"), (answer.Status, answer.ContentType));
        Assert.Equal(status, answer.Json["status"]);
    }

    [Fact]
    public async Task MediaType_Unknown_IsAProblem()
    {
        await using var server = await RunningServer.StartAsync();

        var answer = await server.PostAsync("/api/v2/keys", "name=a", "application/x-www-form-urlencoded");

        Assert.Equal((415, "application/problem+json"), (answer.Status, answer.ContentType));
    }
}
