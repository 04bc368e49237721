using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Voltwright.Automation;
using Voltwright.Events;
using Voltwright.Jq;
using Voltwright.Storage;
using Voltwright.Testing;

namespace Voltwright.Tests.Automation;

public sealed class RunPurgeTests : IDisposable
{
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 6, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly TemporaryStore _temporary = new();

    private IStore Store => _temporary.Store;

    [Fact]
    public async Task Sweep_ForgetsRunsThatEndedLongAgo_WithTheirJournals_AndNoOthers()
    {
        await KeepAsync("old", "completed", startedDaysAgo: 50, endedDaysAgo: 31);
        await KeepAsync("long", "completed", startedDaysAgo: 50, endedDaysAgo: 1);
        await KeepAsync("failed", "faulted", startedDaysAgo: 40, endedDaysAgo: 40);
        await KeepAsync("open", "waiting", startedDaysAgo: 300, endedDaysAgo: null);

        Assert.Equal(2, await Purge(new AutomationOptions()).SweepAsync(CancellationToken.None));

        Assert.Null(await Store.LoadAsync("run/old"));
        Assert.Null(await Store.LoadAsync("run/failed"));
        Assert.Empty(await Store.ReadRecordsAsync("run/old"));
        Assert.Single(await Store.ReadRecordsAsync("run/long"));
        Assert.NotNull(await Store.LoadAsync("run/open"));
    }

    [Fact]
    public async Task Sweep_ForgetsTheOldest_WhenThereAreTooMany()
    {
        for (var i = 0; i < 500; i++)
            await KeepAsync($"{i}", "completed", startedDaysAgo: 1, endedDaysAgo: 1);

        Assert.Equal(490, await Purge(new AutomationOptions { RunsKept = 10 }).SweepAsync(CancellationToken.None));

        var left = await Store.ListAsync("run", [], 100);
        Assert.Equal(Enumerable.Range(490, 10).Reverse().Select(i => $"run/{i}"), left.Items.Select(r => r.Stream));
    }

    [Fact]
    public async Task Journal_OfALongLife_KeepsOnlyItsYoungestPart()
    {
        for (var version = 0; version < 20; version++)
        {
            await Store.CommitAsync(new Commit
            {
                Writes = [new StreamWrite("run/1", version, "{}"u8.ToArray(), "{}"u8.ToArray())],
                Forget = [new RecordLimit("run/1", version - 4)],
            });
        }

        Assert.Equal([16L, 17, 18, 19, 20], (await Store.ReadRecordsAsync("run/1")).Select(r => r.Version));
        Assert.Equal(5, (await _temporary.Reopen().ReadRecordsAsync("run/1")).Count);
    }

    public void Dispose() => _temporary.Dispose();

    private RunPurge Purge(AutomationOptions options) => new(Store, options, _clock, NullLogger<RunPurge>.Instance);

    private async Task KeepAsync(string id, string status, int startedDaysAgo, int? endedDaysAgo)
    {
        JsonValue run = JsonObject.Of(
            ("id", id), ("status", status), ("startedAt", Time(startedDaysAgo)), ("endedAt", endedDaysAgo is { } days ? Time(days) : default));
        await Store.CommitAsync(new Commit { Writes = [new StreamWrite($"run/{id}", 0, run.ToUtf8(), "{}"u8.ToArray())] });
    }

    private JsonValue Time(int daysAgo) => CloudEvents.FormatTime(_clock.GetUtcNow().AddDays(-daysAgo));
}
