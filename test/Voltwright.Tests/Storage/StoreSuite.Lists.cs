using Voltwright.Storage;

namespace Voltwright.Tests.Storage;

public abstract partial class StoreSuite
{
    [Fact]
    public async Task List_OfAKind_GivesTheNewestFirstAndAllOfThemPageByPage()
    {
        for (var i = 0; i < 7; i++)
            await Store.CommitAsync(One($"session/{i}", 0, $$"""{"id":{{i}}}"""));
        await Store.CommitAsync(One("session/3", 1, """{"id":3,"changed":true}"""));
        await Store.CommitAsync(One("station/CP1", 0, "{}"));

        var pages = new List<Page<ListedState>>();
        string? after = null;
        do
        {
            pages.Add(await Store.ListAsync("session", [], 3, after));
            after = pages[^1].Next;
        }
        while (after is not null);

        Assert.Equal([3, 3, 1], pages.Select(p => p.Items.Count));
        Assert.Equal([6, 5, 4, 3, 2, 1, 0], pages.SelectMany(p => p.Items).Select(s => int.Parse(s.Stream["session/".Length..], null)));
        var changed = pages.SelectMany(p => p.Items).Single(s => s.Stream == "session/3");
        Assert.Equal((2, """{"id":3,"changed":true}"""), (changed.Version, Text(changed.Body)));
    }

    [Fact]
    public async Task List_WithACursor_IsNotDisturbedByNewStreams()
    {
        for (var i = 0; i < 4; i++)
            await Store.CommitAsync(One($"ticket/{i}", 0, "{}"));
        var first = await Store.ListAsync("ticket", [], 2);
        await Store.CommitAsync(One("ticket/new", 0, "{}"));

        var second = await Store.ListAsync("ticket", [], 2, first.Next);

        Assert.Equal(["ticket/1", "ticket/0"], second.Items.Select(s => s.Stream));
        Assert.Null(second.Next);
    }

    [Theory]
    [InlineData("session", "stationId=CP1", "session/1 session/0")]
    [InlineData("session", "stationId=CP1,status=paid", "session/1")]
    [InlineData("session", "cardId=TAG2", "session/2 session/1")]
    [InlineData("session", "slotNumber=2", "session/2")]
    [InlineData("session", "open=true", "session/0")]
    [InlineData("session", "open=false", "session/2 session/1")]
    [InlineData("session", "stationId=CP1,stationId=CP2,status=paid", "session/2 session/1")]
    [InlineData("session", "stationId=CP2,stationId=CP3,stationId='", "session/2")]
    [InlineData("session", "status=nothing", "")]
    [InlineData("session", "status=' OR 1=1 --", "")]
    [InlineData("run", "workflow.name=charge", "run/0")]
    [InlineData("run", "workflow.name=charge,status=faulted", "")]
    public async Task List_WithFilters_GivesWhatEqualsAllOfThem(string kind, string filters, string expected)
    {
        await Store.CommitAsync(new()
        {
            Writes =
            [
                Write("session/0", 0, """{"stationId":"CP1","cardId":"TAG1","status":"charging","slotNumber":1,"open":true}"""),
                Write("session/1", 0, """{"stationId":"CP1","cardId":"TAG2","status":"paid","slotNumber":1,"open":false}"""),
                Write("session/2", 0, """{"stationId":"CP2","cardId":"TAG2","status":"paid","slotNumber":2,"open":false}"""),
                Write("run/0", 0, """{"workflow":{"name":"charge"},"status":"running"}"""),
                Write("run/1", 0, """{"workflow":{"name":"settle"},"status":"faulted"}"""),
            ],
        });

        var page = await Store.ListAsync(kind, [.. filters.Split(',').Select(f => f.Split('=', 2)).Select(f => (f[0], f[1]))], 10);

        Assert.Equal(expected, string.Join(' ', page.Items.Select(s => s.Stream)));
    }

    [Fact]
    public async Task List_AfterEachCommit_IncludesIt()
    {
        for (var i = 1; i <= 50; i++)
        {
            await Store.CommitAsync(One($"run/{i}", 0, """{"status":"running"}"""));
            Assert.Equal(i, (await Store.ListAsync("run", [("status", "running")], 100)).Items.Count);
        }
    }

    [Theory]
    [InlineData("x'y", "1")]
    [InlineData("status", "not a cursor")]
    public async Task List_WithANameOrCursorThatCannotBe_IsRefused(string path, string after) =>
        await Assert.ThrowsAsync<ArgumentException>(() => Store.ListAsync("session", [(path, "1")], 1, after).AsTask());

    [Fact]
    public async Task Timers_SetMovedAndCleared_AreThoseSetLast()
    {
        var due = new DateTimeOffset(2030, 1, 1, 12, 0, 0, TimeSpan.Zero);
        await Store.CommitAsync(new() { Timers = [new("station/1", "lease", due), new("station/1", "led", due)] });
        await Store.CommitAsync(new() { Timers = [new("station/2", "lease", due)] });
        await Store.CommitAsync(new() { Timers = [new("station/1", "led", null), new("station/2", "lease", due.AddHours(-1))] });

        Voltwright.Storage.Timer[] expected = [new("station/2", "lease", due.AddHours(-1)), new("station/1", "lease", due)];
        Assert.Equal(expected, await Store.ReadTimersAsync());
        Reopen();
        Assert.Equal(expected, await Store.ReadTimersAsync());
    }

    [Fact]
    public async Task WatchTimers_UntilDisposed_SeesChangesInOrder()
    {
        var due = new DateTimeOffset(2030, 1, 1, 12, 0, 0, TimeSpan.Zero);
        var seen = new List<TimerChange>();
        using (Store.WatchTimers(seen.Add))
        {
            await Store.CommitAsync(new() { Timers = [new("station/1", "a", due), new("station/1", "b", due)] });
            await Store.CommitAsync(new() { Timers = [new("station/1", "a", null)] });
        }

        await Store.CommitAsync(new() { Timers = [new("station/1", "c", due)] });

        Assert.Equal([new("station/1", "a", due), new("station/1", "b", due), new("station/1", "a", null)], seen);
    }
}
