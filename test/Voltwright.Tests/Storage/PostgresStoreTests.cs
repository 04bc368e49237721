using Npgsql;
using Voltwright.Storage;
using Voltwright.Storage.Postgres;

namespace Voltwright.Tests.Storage;

public sealed class PostgresStoreTests(PostgresFixture fixture) : StoreSuite, IAsyncLifetime
{
    private readonly string _database = fixture.CreateDatabase();
    private readonly List<PostgresStore> _opened = [];
    private PostgresStore? _store;

    protected override IStore Store => _store!;

    public async ValueTask InitializeAsync() => _store = await OpenAsync();

    public async ValueTask DisposeAsync()
    {
        foreach (var store in _opened)
            await store.DisposeAsync();
    }

    protected override IStore Reopen()
    {
        _store!.Dispose();
        return _store = Task.Run(() => OpenAsync()).GetAwaiter().GetResult();
    }

    [Fact]
    public async Task Commit_OfTwoProcessesToOneStream_LetsExactlyOneThrough()
    {
        var other = await OpenAsync();
        for (var round = 0; round < 20; round++)
        {
            var stream = $"station/{round}";
            await Store.CommitAsync(One(stream, 0, "{}"));
            Task<long>[] attempts = [Store.CommitAsync(One(stream, 1, "{}")).AsTask(), other.CommitAsync(One(stream, 1, "{}")).AsTask()];

            await Task.WhenAll(attempts.Select(a => a.ContinueWith(_ => { }, TaskScheduler.Default)));

            _ = Assert.Single(attempts, a => a.IsCompletedSuccessfully);
            _ = Assert.Single(attempts, a => a.Exception?.InnerException is StaleVersionException);
            Assert.Equal(2, (await other.LoadAsync(stream))!.Version);
        }
    }

    [Fact]
    public async Task Commit_OfANewStreamByManyProcessesAtOnce_LetsExactlyOneThrough()
    {
        IStore[] stores = [Store, await OpenAsync(), await OpenAsync()];
        for (var round = 0; round < 10; round++)
        {
            var commit = One($"payment/{round}", 0, "{}") with { Reply = new($"key {round}", Utf8("once")) };
            var attempts = stores.Select(s => Task.Run(() => s.CommitAsync(commit).AsTask())).ToArray();

            await Task.WhenAll(attempts.Select(a => a.ContinueWith(_ => { }, TaskScheduler.Default)));

            _ = Assert.Single(attempts, a => a.IsCompletedSuccessfully);
            Assert.Equal(2, attempts.Count(a => a.Exception?.InnerException is StaleVersionException));
        }
    }

    [Fact]
    public async Task Follow_WhileSeveralProcessesCommit_GivesEachEventOnceInOrderWithoutGaps()
    {
        const int each = 400;
        using var giveUp = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        IStore[] stores = [Store, await OpenAsync(), await OpenAsync()];
        var followers = stores.Select(s => Task.Run(async () =>
        {
            var seen = new List<StoredEvent>();
            await foreach (var e in s.FollowEventsAsync(0, giveUp.Token))
            {
                seen.Add(e);
                if (seen.Count == each * stores.Length)
                    break;
            }

            return seen;
        })).ToArray();

        await Task.WhenAll(stores.Select((s, i) => Task.Run(() => Task.WhenAll(Enumerable.Range(0, each)
            .Select(n => s.CommitAsync(new() { Events = [Event($"{i} {n}", $"{i}")] }).AsTask())))));

        foreach (var follower in followers)
        {
            var seen = await follower;
            Assert.Equal(Enumerable.Range(1, each * stores.Length).Select(p => (long)p), seen.Select(e => e.Position));
            foreach (var source in seen.GroupBy(e => e.Envelope["subject"].AsString()))
                Assert.Equal(Enumerable.Range(0, each).Select(n => $"{source.Key} {n}"), source.Select(e => e.Envelope["id"].AsString()));
        }
    }

    [Fact]
    public async Task ReadEvents_OfAnotherProcess_IncludesWhatWasJustCommitted()
    {
        var other = await OpenAsync();
        for (var i = 1; i <= 20; i++)
        {
            await Store.CommitAsync(new() { Events = [Event($"{i}")] });
            Assert.Equal(i, (await ReadAllAsync(other)).Count);
        }
    }

    [Fact]
    public async Task Commit_WhenTheServerEndsConnections_GoesOnAndCountsOnce()
    {
        const int writers = 20, each = 30;
        using var stop = new CancellationTokenSource();
        var ending = Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
                await AskAsync("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE application_name = 'voltwright' AND datname = current_database()");
        });

        await Task.WhenAll(Enumerable.Range(0, writers).Select(writer => Task.Run(async () =>
        {
            for (var i = 0; i < each; i++)
                await Store.CommitAsync(One($"run/{writer}", i, $$"""{"i":{{i}}}""") with { Events = [Event($"{writer} {i}")] });
        })));

        await stop.CancelAsync();
        await ending;
        var events = await ReadAllAsync(Store);
        Assert.Equal(writers * each, events.Count);
        Assert.Equal(writers * each, events.Select(e => e.Envelope["id"].AsString()).Distinct().Count());
    }

    [Fact]
    public async Task Commit_OfAProcessThatFreezesInTheMiddle_HoldsUpWhoeverTakesOverOnlyShortly()
    {
        var place = new NpgsqlConnectionStringBuilder(_database);
        using var relay = new StallingRelay(place.Port);
        (place.Host, place.Port) = ("127.0.0.1", relay.Port);
        await using var frozen = await PostgresStore.OpenAsync(new(place.ToString()) { Patience = TimeSpan.FromMinutes(5) });
        await frozen.CommitAsync(One("station/1", 0, "{}"));

        relay.StallAfter("station/1");
        var late = frozen.CommitAsync(One("station/1", 1, """{"by":"frozen"}""")).AsTask();
        await relay.Stalled;

        await Store.CommitAsync(One("station/1", 1, """{"by":"successor"}""")).AsTask().WaitAsync(TimeSpan.FromSeconds(60));
        relay.Wake();
        await Assert.ThrowsAsync<StaleVersionException>(() => late);
    }

    [Fact]
    public async Task History_OfManyMonths_IsReadInOrderAndDroppedWhenItsTimeIsOver()
    {
        var clock = new Calendar { Today = new DateTimeOffset(2030, 1, 15, 0, 0, 0, TimeSpan.Zero) };
        await using var store = await PostgresStore.OpenAsync(new(_database) { HistoryKept = TimeSpan.FromDays(70) }, clock);
        for (var month = 0; month < 5; month++)
        {
            await store.CommitAsync(new()
            {
                Writes = [Write("run/1", month, "{}", $$"""{"month":{{month}}}""")],
                Events = [Event($"{month}")],
                Reply = new($"reply {month}", Utf8("x")),
            });
            clock.Today += TimeSpan.FromDays(31);
        }

        await store.CommitAsync(new() { Reply = new("late", Utf8("x")) });
        Assert.Equal(["0", "1", "2", "3", "4"], (await ReadAllAsync(store)).Select(e => e.Envelope["id"].AsString()));
        await using var later = await PostgresStore.OpenAsync(new(_database) { HistoryKept = TimeSpan.FromDays(70) }, clock);

        Assert.Equal(["3", "4"], (await ReadAllAsync(later)).Select(e => e.Envelope["id"].AsString()));
        Assert.Equal([4L, 5L], (await later.ReadRecordsAsync("run/1")).Select(r => r.Version));
        Assert.Null(await later.FindReplyAsync("reply 0"));
        Assert.NotNull(await later.FindReplyAsync("late"));
        Assert.Equal(5, (await later.LoadAsync("run/1"))!.Version);
    }

    [Fact]
    public async Task Open_OfANewerSchema_SaysSo()
    {
        await AskAsync("INSERT INTO schema_versions (version) VALUES (999) RETURNING 1::bigint");

        var refusal = await Assert.ThrowsAsync<StoreUnavailableException>(() => OpenAsync());

        Assert.Contains("schema 999", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("newer Voltwright", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Host=127.0.0.1;Port=1;Database=x;Username=x", "127.0.0.1:1")]
    [InlineData("Nonsense=1", "cannot be read")]
    public async Task Open_OfWhatIsNotThere_NamesThePlace(string connection, string expected)
    {
        var refusal = await Assert.ThrowsAsync<StoreUnavailableException>(() => PostgresStore.OpenAsync(new(connection)));

        Assert.Contains(expected, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WatchSettings_ToldByAnotherProcess_NamesTheStream()
    {
        var other = await OpenAsync();
        var heard = new TaskCompletionSource<string>();
        using var watch = other.WatchSettings(stream =>
        {
            if (stream is not null)
                heard.TrySetResult(stream);
        });
        // Until it listens, it may have missed one.
        for (var version = 0L; !heard.Task.IsCompleted; version++)
        {
            await Store.CommitAsync(One("workflow/a", version, "{}"));
            await AskAsync("SELECT 1::bigint");
        }

        Assert.Equal("workflow/a", await heard.Task);
    }

    [Fact]
    public async Task Timers_DueByATime_AreThoseAlone()
    {
        var due = new DateTimeOffset(2030, 1, 1, 12, 0, 0, TimeSpan.Zero);
        for (var i = 0; i < 5; i++)
            await Store.CommitAsync(new() { Timers = [new($"station/{i}", "lease", due.AddSeconds(i).AddTicks(7))] });

        var timers = await Store.ReadTimersAsync(due.AddSeconds(3), 2);

        Assert.Equal([new("station/0", "lease", due.AddTicks(7)), new("station/1", "lease", due.AddSeconds(1).AddTicks(7))], timers);
    }

    /// <summary>Its day is set by hand; timers and pauses take the time they take.</summary>
    private sealed class Calendar : TimeProvider
    {
        public DateTimeOffset Today { get; set; }

        public override DateTimeOffset GetUtcNow() => Today;
    }

    private static async Task<List<StoredEvent>> ReadAllAsync(IStore store)
    {
        var all = new List<StoredEvent>();
        while (await store.ReadEventsAsync(all.Count == 0 ? 0 : all[^1].Position, 1000) is { Count: > 0 } more)
            all.AddRange(more);
        return all;
    }

    private async Task<PostgresStore> OpenAsync()
    {
        var store = await PostgresStore.OpenAsync(new PostgresOptions(_database));
        _opened.Add(store);
        return store;
    }

    /// <summary>A second connection, as a curious administrator has one.</summary>
    private async Task<long> AskAsync(string sql)
    {
        await using var source = NpgsqlDataSource.Create(_database + ";Application Name=administrator;Pooling=false");
        await using var command = source.CreateCommand(sql);
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
