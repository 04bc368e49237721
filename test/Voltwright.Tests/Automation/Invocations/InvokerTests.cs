using Microsoft.AspNetCore.Http;
using Voltwright.Automation;
using Voltwright.Automation.Invocations;
using Voltwright.Automation.Invocations.Processes;
using Voltwright.Jq;
using Voltwright.Testing;
using Voltwright.Workflows;
using Voltwright.Workflows.Runs;

namespace Voltwright.Tests.Automation.Invocations;

/// <summary>Whole workflows, from their text to what they output.</summary>
public sealed class InvokerTests
{
    private static readonly ProcessOptions Allowed = new() { AllowShell = true, AllowScripts = true };

    [Theory]
    [InlineData("{ command: 'echo \"$1\"', arguments: ['${ .who }'] }", "stdout", "\"Ann\\n\"")]
    [InlineData("{ command: 'exit 3' }", "code", "3")]
    [InlineData("{ command: 'cat; echo $FOO >&2', stdin: '${ .who }', environment: { FOO: bar } }", "all", """{"code":0,"stdout":"Ann","stderr":"bar\n"}""")]
    [InlineData("{ command: 'echo x' }", "none", "null")]
    public async Task Shell_InAWorkflow_OutputsWhatWasAskedFor(string shell, string form, string expected)
    {
        var state = await RunAsync($"do: [ {{ a: {{ run: {{ shell: {shell}, return: {form} }} }} }} ]");
        Assert.Equal(expected, state.Output.ToString());
    }

    [Fact]
    public async Task Shell_NotAwaited_PassesTheInputOn()
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "done");
        using var watcher = new FileSystemWatcher(folder.Path) { EnableRaisingEvents = true };
        var written = new TaskCompletionSource();
        watcher.Created += (_, _) => written.TrySetResult();
        var state = await RunAsync($"do: [ {{ a: {{ run: {{ shell: {{ command: 'echo x > {file}' }}, await: false }} }} }} ]");
        Assert.Equal("""{"who":"Ann"}""", state.Output.ToString());
        await written.Task.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Shell_NotAllowed_IsAnAuthorizationErrorEvenWhenNotAwaited()
    {
        foreach (var wait in new[] { "true", "false" })
        {
            var state = await RunAsync($"do: [ {{ a: {{ run: {{ shell: {{ command: 'true' }}, await: {wait} }} }} }} ]", new ProcessOptions());
            Assert.Equal(RunStatus.Faulted, state.Status);
            Assert.EndsWith("/authorization", state.Error["type"].AsString(), StringComparison.Ordinal);
            Assert.Equal((403, "/do/0/a"), ((int)state.Error["status"].AsDouble(), state.Error["instance"].AsString()));
        }
    }

    [Fact]
    public async Task Shell_BeyondTheTimeoutOfItsTask_IsStopped()
    {
        var state = await RunAsync("do: [ { a: { run: { shell: { command: 'sleep 63.25' } }, timeout: { after: { milliseconds: 300 } } } } ]");
        Assert.EndsWith("/timeout", state.Error["type"].AsString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Script_FromAFileBesideTheWorkflow_Runs()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(Path.Combine(folder.Path, "app"));
        folder.Write("app/hello.js", "console.log(`Hello, ${process.argv[2]}`)");
        var state = await RunAsync(
            "do: [ { a: { run: { script: { language: js, source: { endpoint: 'file://app/hello.js' }, arguments: ['${ .who }'] } } } } ]", null, folder.Path);
        Assert.Equal("Hello, Ann\n", state.Output.AsString());
    }

    [Theory]
    [InlineData("file:///etc/passwd")]
    [InlineData("file://../../etc/passwd")]
    [InlineData("app/../../../etc/passwd")]
    public async Task Script_FromAFileOutsideTheFolder_IsRefused(string address)
    {
        using var folder = new TemporaryFolder();
        var state = await RunAsync($"do: [ {{ a: {{ run: {{ script: {{ language: js, source: {{ endpoint: '{address}' }} }} }} }} }} ]", null, folder.Path);
        Assert.Equal(RunStatus.Faulted, state.Status);
        Assert.DoesNotContain("root:", state.Error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Script_FromAnAddress_IsFetchedAsTheOneItSays()
    {
        await using var service = await FakeService.StartAsync(request => Results.Text(
            request.Header("Authorization") == "Bearer t0ken" ? "console.log('fetched')" : "nobody"));
        var state = await RunAsync(
            """
            use: { secrets: [scripts] }
            do: [ { a: { run: { script: { language: js, source: { endpoint: {
              uri: 'https://scripts.example/{who}.js', authentication: { bearer: { token: '${ $secrets.scripts }' } } } } } } } } ]
            """,
            map: service.Address);
        Assert.Equal("fetched\n", state.Output.AsString());
        Assert.Equal("/Ann.js", service.Requests[0].Path);
    }

    [Fact]
    public async Task Mcp_InAWorkflow_FailsByTryAndCatch()
    {
        var state = await RunAsync("""
            do:
              - a:
                  try: [ { b: { call: mcp, with: { method: tools/list, transport: { stdio: { command: x } } } } } ]
                  catch: { errors: { with: { type: https://open-workflow-specification.org/spec/1.0.0/errors/authorization } },
                           do: [ { c: { set: { caught: '${ $error.status }' } } } ] }
            """, new ProcessOptions());
        Assert.Equal("""{"caught":403}""", state.Output.ToString());
    }

    [Fact]
    public async Task A2a_InAWorkflow_CarriesItsCredentials()
    {
        await using var agent = await FakeService.StartAsync(_ => Results.Text("""{"result":{"ok":true}}"""));
        var state = await RunAsync(
            """
            do:
              - a:
                  call: a2a
                  with:
                    method: tasks/get
                    server: { uri: 'https://scripts.example/{who}', authentication: { basic: { username: u, password: p } } }
                    parameters: { id: '${ .who }' }
            """,
            map: agent.Address);
        Assert.Equal("""{"ok":true}""", state.Output.ToString());
        Assert.Equal(("/Ann", "Basic dTpw"), (agent.Requests[0].Path, agent.Requests[0].Header("Authorization")));
    }

    [Fact]
    public async Task AsyncApi_SubscriptionInAWorkflow_ConsumesWhatPassesAndEnds()
    {
        await using var service = await FakeService.StartAsync(async (_, context) =>
        {
            context.Response.ContentType = "text/event-stream";
            await context.Response.WriteAsync("data: {\"n\":1}\n\ndata: {\"n\":2}\n\ndata: {\"n\":3}\n\n");
            await context.Response.Body.FlushAsync();
            await FakeService.NeverAsync(context);
        });
        using var folder = new TemporaryFolder();
        folder.Write("doc.yaml", """
            asyncapi: 2.6.0
            servers: { s: { url: 'https://scripts.example', protocol: https } }
            channels: { /notifications: { subscribe: {} } }
            """);
        var state = await RunAsync(
            """
            do:
              - a:
                  call: asyncapi
                  with:
                    document: { endpoint: doc.yaml }
                    channel: /notifications
                    subscription: { filter: '${ .payload.n > 1 }', consume: { amount: 2 }, foreach: { output: { as: .payload.n } } }
            """,
            folder: folder.Path, map: service.Address);
        Assert.Equal("[2,3]", state.Output.ToString());
    }

    private static async Task<RunState> RunAsync(string body, ProcessOptions? processes = null, string? folder = null, Uri? map = null)
    {
        var yaml = $"document: {{ dsl: '1.0.3', namespace: test, name: test, version: '1.0.0' }}\n{body}";
        var compilation = WorkflowProgram.Load(yaml, "test.yaml", HostFeatures.All);
        Assert.True(compilation.Program is not null, string.Join('\n', compilation.Findings));
        var routes = new HttpRoutes(map is null ? null : new Dictionary<string, Uri> { ["https://scripts.example"] = map });
        using var caller = new HttpCaller(new HttpCallerOptions { Routes = routes }, TimeProvider.System);
        var options = new InvocationOptions { Processes = processes ?? Allowed, ResourceFolder = folder };
        var runner = new LocalRunner(compilation.Program, caller, TimeProvider.System)
        {
            Secrets = new Dictionary<string, JsonValue> { ["scripts"] = "t0ken" },
            Invoker = new Invoker(options, caller, TimeProvider.System),
        };
        var run = await runner.RunAsync("run-1", JsonObject.Of(("who", "Ann")), TestContext.Current.CancellationToken);
        return run.State;
    }
}
