using Microsoft.Extensions.Time.Testing;
using Voltwright.Automation.Invocations;
using Voltwright.Automation.Invocations.Containers;
using Voltwright.Automation.Invocations.Processes;
using Voltwright.Jq;
using Voltwright.Workflows.Runs;

namespace Voltwright.Tests.Automation.Invocations.Containers;

public sealed class ContainerRunTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 1, 12, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task Run_PublishedExample_PassesInputAndArguments()
    {
        await using var engine = await FakeEngine.StartAsync();
        var result = await RunAsync(engine, """
            {"image": "alpine", "command": "input=$(cat)\necho \"STDIN was: $input\"\necho \"ARGS are $1 $2 $FOO\"", "stdin": "Hello World",
             "arguments": ["Foo", "Bar"], "environment": {"FOO": "baz"}}
            """);
        Assert.Equal(new ProcessResult(0, "STDIN was: Hello World\nARGS are Foo Bar baz\n", ""), result);
    }

    [Fact]
    public async Task Run_CodeAndError_AreThoseOfTheContainer()
    {
        await using var engine = await FakeEngine.StartAsync();
        Assert.Equal(new ProcessResult(3, "out\n", "bad\n"), await RunAsync(engine, """{"image": "alpine", "command": "echo out; echo bad >&2; exit 3"}"""));
    }

    [Theory]
    [InlineData("alpine", "ifNotPresent", "")]
    [InlineData("hello-world", "ifNotPresent", "hello-world:latest")]
    [InlineData("registry.example:5000/a/b:1.2", "ifNotPresent", "registry.example:5000/a/b:1.2")]
    [InlineData("alpine", "always", "alpine:latest")]
    [InlineData("alpine", "never", "")]
    public async Task Run_PullPolicy_DecidesWhetherTheImageIsFetched(string image, string policy, string pulled)
    {
        await using var engine = await FakeEngine.StartAsync();
        var result = await RunAsync(engine, $$"""{"image": "{{image}}", "pullPolicy": "{{policy}}"}""");
        Assert.StartsWith("Hello from", result.Output, StringComparison.Ordinal);
        Assert.Equal(pulled, string.Join(',', engine.Pulled));
    }

    [Theory]
    [InlineData("absent", "never", InvocationFailure.Configuration, "not here")]
    [InlineData("missing", "always", InvocationFailure.Communication, "pull access denied")]
    public async Task Run_ImageThatIsNotThere_IsAnErrorThatSaysWhy(string image, string policy, InvocationFailure failure, string reason)
    {
        await using var engine = await FakeEngine.StartAsync();
        var error = await Assert.ThrowsAsync<InvocationException>(() => RunAsync(engine, $$"""{"image": "{{image}}", "pullPolicy": "{{policy}}"}"""));
        Assert.Equal(failure, error.Failure);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_Limits_AreThoseOfTheOperator()
    {
        await using var engine = await FakeEngine.StartAsync();
        await RunAsync(engine, """{"image": "alpine", "name": "mine"}""");
        var container = Assert.Single(engine.Containers.Values);
        var host = container.Spec["HostConfig"];
        Assert.Equal(("mine", "none", 512 << 20, 1_000_000_000, 256), (
            container.Name, host["NetworkMode"].AsString(), (int)host["Memory"].AsDouble(), (int)host["NanoCpus"].AsDouble(),
            (int)host["PidsLimit"].AsDouble()));
        Assert.Equal("[\"no-new-privileges\"]", host["SecurityOpt"].ToString());
    }

    [Fact]
    public async Task Run_PortsAndVolumes_NeedTheOperatorsLeave()
    {
        await using var engine = await FakeEngine.StartAsync();
        const string Process = """{"image": "alpine", "ports": {"8080": 80}, "volumes": {"/srv/data/a": "/data"}}""";
        var options = Options(engine) with { Network = "bridge", Volumes = ["/srv/data"] };
        await RunAsync(engine, Process, options);
        var host = Assert.Single(engine.Containers.Values).Spec["HostConfig"];
        Assert.Equal("""[{"HostIp":"127.0.0.1","HostPort":"8080"}]""", host["PortBindings"]["80/tcp"].ToString());
        Assert.Equal("""["/srv/data/a:/data"]""", host["Binds"].ToString());
        foreach (var (refusing, remedy) in new[] { (options with { Network = "none" }, "--container-network"), (options with { Volumes = ["/srv/dat"] }, "--container-volume") })
        {
            var error = await Assert.ThrowsAsync<InvocationException>(() => RunAsync(engine, Process, refusing));
            Assert.Equal(InvocationFailure.Authorization, error.Failure);
            Assert.Contains(remedy, error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Cleanup_Always_RemovesAtOnceAndNeverNot()
    {
        await using var engine = await FakeEngine.StartAsync();
        await RunAsync(engine, """{"image": "alpine", "lifetime": {"cleanup": "always"}}""");
        Assert.Empty(engine.Containers);
        await RunAsync(engine, """{"image": "alpine"}""");
        Assert.Single(engine.Containers);
    }

    [Fact]
    public async Task Cleanup_Eventually_RemovesAfterItsTime()
    {
        await using var engine = await FakeEngine.StartAsync();
        await RunAsync(engine, """{"image": "alpine", "lifetime": {"cleanup": "eventually", "after": {"minutes": 30}}}""");
        var container = Assert.Single(engine.Containers.Values);
        _time.Advance(TimeSpan.FromMinutes(29));
        Assert.Single(engine.Containers);
        _time.Advance(TimeSpan.FromMinutes(2));
        await container.IsRemoved.Task.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Cleanup_EventuallyButTheServerDied_IsDoneByALaterRun()
    {
        await using var engine = await FakeEngine.StartAsync();
        await RunAsync(engine, """{"image": "alpine", "lifetime": {"cleanup": "eventually", "after": "PT1H"}}""");
        var left = Assert.Single(engine.Containers.Values);
        var later = new FakeTimeProvider(_time.GetUtcNow().AddHours(2));
        await RunAsync(engine, """{"image": "alpine"}""", null, later, "key-2");
        Assert.True(left.IsRemoved.Task.IsCompleted);
    }

    [Fact]
    public async Task Run_AgainAfterACrash_WaitsForTheContainerThatIsThere()
    {
        await using var engine = await FakeEngine.StartAsync();
        var first = await RunAsync(engine, """{"image": "alpine", "command": "echo $$; cat", "stdin": "x"}""");
        var second = await RunAsync(engine, """{"image": "alpine", "command": "echo $$; cat", "stdin": "x"}""");
        Assert.Equal(first, second);
        Assert.Single(engine.Containers);
    }

    [Fact]
    public async Task Run_NameOfAnothersContainer_IsRefused()
    {
        await using var engine = await FakeEngine.StartAsync();
        await RunAsync(engine, """{"image": "alpine", "name": "mine"}""");
        var error = await Assert.ThrowsAsync<InvocationException>(() => RunAsync(engine, """{"image": "alpine", "name": "mine"}""", key: "key-2"));
        Assert.Equal((InvocationFailure.Communication, 409), (error.Failure, error.Status));
        Assert.Contains("in use", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_LongerThanAllowed_IsKilledAndCleanedUp()
    {
        await using var engine = await FakeEngine.StartAsync();
        engine.Images.Add("endless");
        var options = Options(engine) with { Timeout = TimeSpan.FromMinutes(1) };
        var running = RunAsync(engine, """{"image": "endless", "lifetime": {"cleanup": "always"}}""", options);
        while (!engine.Requests.Contains("POST containers/start"))
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, TestContext.Current.CancellationToken);
        _time.Advance(TimeSpan.FromMinutes(2));
        var error = await Assert.ThrowsAsync<InvocationException>(() => running);
        Assert.Equal(InvocationFailure.Timeout, error.Failure);
        Assert.Contains("POST containers/kill", engine.Requests);
        Assert.Empty(engine.Containers);
    }

    [Fact]
    public async Task Run_NoEngine_IsACommunicationErrorThatNamesItsPlace()
    {
        var options = new ContainerOptions { Allow = true, Engine = new Uri("unix:///nonexistent/docker.sock") };
        var error = await Assert.ThrowsAsync<InvocationException>(() => RunAsync(null, """{"image": "alpine"}""", options));
        Assert.Equal((InvocationFailure.Communication, 503), (error.Failure, error.Status));
        Assert.Contains("unix:///nonexistent/docker.sock", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_NotAllowed_IsRefusedAndNamesTheRemedy()
    {
        var error = await Assert.ThrowsAsync<InvocationException>(() => RunAsync(null, """{"image": "alpine"}""", new ContainerOptions()));
        Assert.Equal(InvocationFailure.Authorization, error.Failure);
        Assert.Contains("--allow-containers", error.Message, StringComparison.Ordinal);
    }

    private static ContainerOptions Options(FakeEngine engine) => new() { Allow = true, Engine = engine.Address };

    private async Task<ProcessResult> RunAsync(
        FakeEngine? engine, string process, ContainerOptions? options = null, TimeProvider? time = null, string key = "key-1")
    {
        var json = JsonValue.Parse(process);
        var request = ProcessRequest.Read(JsonObject.Of(("process", json)));
        return await new ContainerRun(options ?? Options(engine!), time ?? _time).RunAsync(json, request, key, TestContext.Current.CancellationToken);
    }
}
