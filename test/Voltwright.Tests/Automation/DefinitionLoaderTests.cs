using Microsoft.AspNetCore.Http;
using Voltwright.Automation;
using Voltwright.Jq;
using Voltwright.Testing;
using Voltwright.Workflows.Runs;

namespace Voltwright.Tests.Automation;

/// <summary>Functions and schemas that a definition has elsewhere.</summary>
public sealed class DefinitionLoaderTests
{
    private const string Double = "input: { schema: { document: { type: object, required: [n] } } }\nset: '${ .n * 2 }'";

    [Theory]
    [InlineData("https://raw.githubusercontent.com/me/catalog/main/functions/double/1.0.0/function.yaml", "/me/catalog/main/functions/double/1.0.0/function.yaml")]
    [InlineData("https://github.com/me/catalog/blob/main/double.yaml", "/me/catalog/refs/heads/main/double.yaml")]
    [InlineData("https://github.com/me/functions/double@v1.0.0", "/me/functions/refs/tags/v1.0.0/double/function.yaml")]
    [InlineData("https://gitlab.com/me/sub/catalog/-/blob/main/double.yml", "/me/sub/catalog/-/raw/main/double.yml")]
    [InlineData("double:1.0.0@mine", "/me/catalog/refs/heads/main/functions/double/1.0.0/function.yaml")]
    [InlineData("double:1.0.0@other", "/root/functions/double/1.0.0/function.yaml")]
    public async Task Function_AtAnAddressOrInACatalog_IsCalled(string function, string path)
    {
        var (run, requests) = await RunAsync($"""
            use:
              catalogs:
                mine: {"{ endpoint: https://github.com/me/catalog/tree/main }"}
                other: {"{ endpoint: { uri: https://raw.githubusercontent.com/root/, authentication: { basic: { username: u, password: p } } } }"}
            do: [ {"{"} twice: {"{"} call: '{function}', with: {"{ n: '${ .n }' }"} {"}"} {"}"} ]
            """, _ => Results.Text(Double));

        Assert.True(run.Status == RunStatus.Completed, $"{run.Error}");
        Assert.Equal(42, run.Output);
        Assert.Equal(path, requests[0].Path);
        Assert.Equal(function.EndsWith("other", StringComparison.Ordinal) ? "Basic dTpw" : null, requests[0].Header("Authorization"));
    }

    [Fact]
    public async Task Function_OfTheDefaultCatalog_IsAFile_AndMayCallOthers()
    {
        using var folder = new TemporaryFolder();
        Write(folder, "double", Double);
        Write(folder, "quadruple", "do: [ { a: { call: 'double:1.0.0@default', with: { n: '${ .n }' } } }, { b: { call: 'double:1.0.0@default', with: { n: '${ . }' } } } ]");

        var (run, _) = await RunAsync("do: [ { go: { call: 'quadruple:1.0.0@default', with: { n: '${ .n }' } } } ]", _ => Results.NotFound(), folder.Path);

        Assert.Equal(84, run.Output);
    }

    [Fact]
    public async Task Function_ThatFails_SaysWhereInTheWorkflow()
    {
        var (run, _) = await RunAsync(
            "do: [ { twice: { call: https://raw.githubusercontent.com/f.yaml, with: { m: 1 } } } ]", _ => Results.Text(Double));

        Assert.Equal("/do/0/twice/call", run.Error["instance"]);
        Assert.Equal(400, run.Error["status"]);
    }

    [Theory]
    [InlineData("call: https://raw.githubusercontent.com/f.yaml", 404, "", "status 404")]
    [InlineData("call: https://raw.githubusercontent.com/f.yaml", 200, "nonsense: 1", "has no kind")]
    [InlineData("call: 'x:1@nowhere'", 200, "", "'use.catalogs' has no 'nowhere'")]
    [InlineData("call: 'x@default'", 200, "", "name:version@catalog")]
    [InlineData("call: https://raw.githubusercontent.com/f.yaml", 200, "call: https://raw.githubusercontent.com/f.yaml", "calls itself")]
    public async Task Function_ThatCannotBeHad_IsAFindingAtItsPlace(string call, int status, string text, string reason)
    {
        await using var service = await FakeService.StartAsync(_ => Results.Text(text, statusCode: status));
        using var caller = Caller(service);

        var loaded = await new DefinitionLoader(caller, null, new Dictionary<string, JsonValue>()).LoadAsync(
            $"document: {{ dsl: '1.0.3', namespace: test, name: t, version: '1.0.0' }}\ndo: [ {{ go: {{ {call} }} }} ]", "t.yaml", CancellationToken.None);

        Assert.Null(loaded.Compilation.Program);
        Assert.Contains(loaded.Compilation.Findings, f => f.ToString().Contains(reason, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Schema_FromElsewhere_Validates()
    {
        const string Definition = """
            input: { schema: { format: json, resource: { endpoint: https://raw.githubusercontent.com/schema.json } } }
            do: [ { a: { set: 1 } } ]
            """;
        var (run, _) = await RunAsync(Definition.Replace("set: 1", "set: { a: 1 }", StringComparison.Ordinal), _ => Results.Text("""{"required": ["m"]}"""));

        Assert.Equal((400, "/"), (run.Error["status"].AsDouble(), run.Error["instance"].AsString()));
    }

    [Fact]
    public async Task Definition_Deployed_KeepsWhatItHadElsewhere()
    {
        var text = Double;
        await using var service = await FakeService.StartAsync(_ => Results.Text(text));
        using var caller = Caller(service);
        using var store = new TemporaryStore();
        var loader = new DefinitionLoader(caller, null, new Dictionary<string, JsonValue>());
        var log = Microsoft.Extensions.Logging.Abstractions.NullLogger<WorkflowCatalog>.Instance;
        using (var catalog = new WorkflowCatalog(store.Store, TimeProvider.System, log, loader))
        {
            var deployment = await catalog.DeployAsync(
                "document: { dsl: '1.0.3', namespace: test, name: t, version: '1.0.0' }\ndo: [ { go: { call: https://raw.githubusercontent.com/f.yaml, with: { n: 1 } } } ]",
                "t.yaml", CancellationToken.None);
            Assert.IsType<Deployment.Done>(deployment);
        }

        text = "broken";
        using var later = new WorkflowCatalog(store.Store, TimeProvider.System, log, loader);
        await later.LoadAsync(CancellationToken.None);

        Assert.NotNull(later.Find("test", "t", null)!.Program);
        Assert.Single(service.Requests);
    }

    private static void Write(TemporaryFolder folder, string name, string text)
    {
        var path = Directory.CreateDirectory(Path.Combine(folder.Path, "functions", name, "1.0.0")).FullName;
        File.WriteAllText(Path.Combine(path, "function.yaml"), text);
    }

    private static async Task<(RunState Run, IReadOnlyList<FakeRequest> Requests)> RunAsync(
        string body, Func<FakeRequest, IResult> answer, string? folder = null)
    {
        await using var service = await FakeService.StartAsync(answer);
        using var caller = Caller(service);
        var loaded = await new DefinitionLoader(caller, folder, new Dictionary<string, JsonValue>()).LoadAsync(
            $"document: {{ dsl: '1.0.3', namespace: test, name: t, version: '1.0.0' }}\n{body}", "t.yaml", CancellationToken.None);
        Assert.True(loaded.Compilation.Program is not null, string.Join('\n', loaded.Compilation.Findings));
        var run = await new LocalRunner(loaded.Compilation.Program, caller, TimeProvider.System).RunAsync(
            "run-1", JsonValue.Parse("""{"n": 21}"""), TestContext.Current.CancellationToken);
        return (run.State, service.Requests);
    }

    private static HttpCaller Caller(FakeService service) => new(
        new HttpCallerOptions
        {
            Routes = new HttpRoutes(new Dictionary<string, Uri>
            {
                ["https://raw.githubusercontent.com"] = service.Address, ["https://gitlab.com"] = service.Address,
            }),
        },
        TimeProvider.System);
}
