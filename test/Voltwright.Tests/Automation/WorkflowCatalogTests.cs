using Microsoft.Extensions.Logging.Abstractions;
using Voltwright.Automation;
using Voltwright.Jq;
using Voltwright.Storage;
using Voltwright.Testing;

namespace Voltwright.Tests.Automation;

public sealed class WorkflowCatalogTests
{
    [Fact]
    public async Task Deploy_VersionsLiveSideBySide_AndTheNewestIsTriggered()
    {
        using var store = new TemporaryStore();
        using var catalog = Catalog(store.Store);
        foreach (var version in new[] { "1.9.0", "1.10.0", "1.2.0" })
            Assert.True(Assert.IsType<Deployment.Done>(await DeployAsync(catalog, Text(version))).IsNew);

        Assert.Equal(["1.10.0", "1.9.0", "1.2.0"], catalog.All.Select(w => w.Id.Version));
        Assert.Equal("1.10.0", catalog.Find("test", "flow", null)!.Id.Version);
        Assert.Equal(["1.10.0"], catalog.Triggers.Find(Event("test.a")).Select(w => w.Id.Version));
        Assert.Empty(catalog.Triggers.Find(Event("test.b")));
    }

    [Fact]
    public async Task Load_AfterARestart_FindsEverything()
    {
        using var store = new TemporaryStore();
        using (var before = Catalog(store.Store))
            await DeployAsync(before, Text("1.0.0"));

        using var catalog = Catalog(store.Reopen());
        await catalog.LoadAsync(CancellationToken.None);

        Assert.Equal(Text("1.0.0"), Assert.Single(catalog.All).Source);
        Assert.Single(catalog.Triggers.Find(Event("test.a")));
    }

    [Fact]
    public async Task Deploy_TheSameText_IsNothingNew()
    {
        using var store = new TemporaryStore();
        using var catalog = Catalog(store.Store);
        await DeployAsync(catalog, Text("1.0.0"));

        Assert.False(Assert.IsType<Deployment.Done>(await DeployAsync(catalog, Text("1.0.0"))).IsNew);
    }

    [Fact]
    public async Task Deploy_OtherTextUnderOneVersion_OnlyAsLongAsItHasNoRuns()
    {
        using var store = new TemporaryStore();
        using var catalog = Catalog(store.Store);
        await DeployAsync(catalog, Text("1.0.0"));
        Assert.True(Assert.IsType<Deployment.Done>(await DeployAsync(catalog, Text("1.0.0", "test.b"))).IsNew);
        await AddRunAsync(store.Store, "completed");

        var conflict = Assert.IsType<Deployment.Conflict>(await DeployAsync(catalog, Text("1.0.0", "test.c")));

        Assert.Contains("document.version", conflict.Detail, StringComparison.Ordinal);
        Assert.Single(catalog.Triggers.Find(Event("test.b")));
    }

    [Fact]
    public async Task Deploy_WithErrors_SaysWhere()
    {
        using var store = new TemporaryStore();
        using var catalog = Catalog(store.Store);

        var invalid = Assert.IsType<Deployment.Invalid>(
            await DeployAsync(catalog, Text("1.0.0").Replace("set", "sett", StringComparison.Ordinal)));

        Assert.Contains(invalid.Findings, f => f.File == "flow.yaml" && f.Line == 7);
        Assert.Empty(catalog.All);
    }

    [Theory]
    [InlineData("completed", null)]
    [InlineData("waiting", RefusalKind.IllegalTransition)]
    public async Task Remove_WithUnfinishedRuns_IsRefused(string status, RefusalKind? refused)
    {
        using var store = new TemporaryStore();
        using var catalog = Catalog(store.Store);
        await DeployAsync(catalog, Text("1.0.0"));
        await AddRunAsync(store.Store, status);

        var refusal = await catalog.RemoveAsync(new WorkflowId("test", "flow", "1.0.0"), CancellationToken.None);

        Assert.Equal(refused, refusal?.Kind);
        Assert.Equal(refused is null ? 0 : 1, catalog.All.Count);
    }

    [Fact]
    public async Task Remove_ThenDeployAgain_Works()
    {
        using var store = new TemporaryStore();
        using var catalog = Catalog(store.Store);
        await DeployAsync(catalog, Text("1.0.0"));
        Assert.Null(await catalog.RemoveAsync(new WorkflowId("test", "flow", "1.0.0"), CancellationToken.None));
        Assert.Equal(
            RefusalKind.NotFound, (await catalog.RemoveAsync(new WorkflowId("test", "flow", "1.0.0"), CancellationToken.None))!.Kind);

        Assert.True(Assert.IsType<Deployment.Done>(await DeployAsync(catalog, Text("1.0.0"))).IsNew);
    }

    private static WorkflowCatalog Catalog(IStore store) => new(store, TimeProvider.System, NullLogger<WorkflowCatalog>.Instance);

    private static Task<Deployment> DeployAsync(WorkflowCatalog catalog, string text) =>
        catalog.DeployAsync(text, "flow.yaml", CancellationToken.None);

    private static async Task AddRunAsync(IStore store, string status)
    {
        JsonValue run = JsonObject.Of(
            ("id", "1"), ("status", status), ("workflow", JsonObject.Of(("namespace", "test"), ("name", "flow"), ("version", "1.0.0"))));
        await store.CommitAsync(new Commit { Writes = [new StreamWrite("run/1", 0, run.ToUtf8())] });
    }

    private static JsonValue Event(string type) => JsonObject.Of(("type", type));

    private static string Text(string version, string type = "test.a") => $$"""
        document: { dsl: '1.0.3', namespace: test, name: flow, version: '{{version}}' }
        schedule:
          on:
            any:
              - with: { type: {{type}} }
        do:
          - a: { set: { b: 1 } }
        """;
}
