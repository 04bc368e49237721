using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Time.Testing;
using Microsoft.Win32.SafeHandles;
using Voltwright.Storage;
using Voltwright.Storage.Sqlite;
using Voltwright.Testing;

namespace Voltwright.Tests.Storage;

public sealed class SqliteStoreTests : StoreSuite, IDisposable
{
    private readonly LogLines _log = new();
    private readonly TemporaryStore _temporary;

    public SqliteStoreTests() => _temporary = new TemporaryStore(log: _log);

    protected override IStore Store => _temporary.Store;

    public void Dispose() => _temporary.Dispose();

    protected override IStore Reopen() => _temporary.Reopen();

    [Fact]
    public async Task Commit_ThatTheDiskRefuses_FailsAndTheNextGoesOn()
    {
        using var folder = new TemporaryFolder();
        var disk = new FullDisk();
        using (var store = SqliteStore.Open(folder.Path, null, disk))
        {
            await store.CommitAsync(One("station/CP1", 0, "{}"));
            disk.IsFull = true;

            var commits = Enumerable.Range(2, 5).Select(i => One($"station/CP{i}", 0, "{}") with { Events = [Event("lost")] });
            var failures = await Task.WhenAll(commits.Select(commit =>
                Assert.ThrowsAsync<StoreUnavailableException>(() => store.CommitAsync(commit).AsTask())));

            Assert.All(failures, f => Assert.Contains("journal-0.bin' cannot be written (no space left)", f.Message, StringComparison.Ordinal));
            disk.IsFull = false;
            await store.CommitAsync(One("station/CP2", 0, """{"second":true}""") with { Events = [Event("kept")] });
            Assert.Equal("kept", Assert.Single(await store.ReadEventsAsync(0, 10)).Envelope["id"].AsString());
            Assert.Null(await store.LoadAsync("station/CP3"));
            Assert.Equal(2, (await store.ListAsync("station", [], 10)).Items.Count);
        }

        using var again = SqliteStore.Open(folder.Path);
        Assert.Equal(2, (await again.ListAsync("station", [], 10)).Items.Count);
    }

    [Fact]
    public async Task Projection_ThatFails_LosesNothingIsLoggedOnceAndTriedAgain()
    {
        Outside("CREATE TRIGGER full BEFORE INSERT ON streams BEGIN SELECT RAISE(ABORT, 'no more'); END");
        await Store.CommitAsync(One("station/CP1", 0, "{}") with { Reply = new("key", Utf8("answer")) });

        await Assert.ThrowsAsync<StoreUnavailableException>(() => Store.ListAsync("station", [], 10).AsTask());

        Assert.Equal(1, (await Store.LoadAsync("station/CP1"))!.Version);
        Assert.Equal(2, await Store.CommitAsync(One("station/CP1", 1, "{}")));
        Outside("DROP TRIGGER full");
        Assert.Equal(2, Assert.Single((await Store.ListAsync("station", [], 10)).Items).Version);
        Assert.Equal("answer", Text((await Store.FindReplyAsync("key"))!.Value));
        Assert.Collection(
            _log.All,
            line => Assert.Matches("^Error: .*lists are refused: .*no more", line),
            line => Assert.StartsWith("Information: The tables follow", line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Journal_AfterAnOrderlyEnd_IsEmpty()
    {
        await Store.CommitAsync(One("station/CP1", 0, "{}") with { Events = [Event("1"), Event("2")] });

        Reopen();

        Assert.All(Journal.PathsIn(_temporary.Folder), path => Assert.Equal(64, new FileInfo(path).Length));
        Assert.Equal("2", Outside("SELECT position FROM checkpoint"));
    }

    [Fact]
    public async Task Replies_OlderThanTheirTime_AreForgottenAsNewOnesCome()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero));
        using var temporary = new TemporaryStore(clock);
        for (var i = 0; i < 3; i++)
            await temporary.Store.CommitAsync(new() { Reply = new($"old {i}", Utf8("x")) });
        clock.Advance(Projection.RepliesKept - TimeSpan.FromDays(1));
        await temporary.Store.CommitAsync(new() { Reply = new("recent", Utf8("x")) });
        clock.Advance(TimeSpan.FromDays(2));
        await temporary.Store.CommitAsync(new() { Reply = new("new 1", Utf8("x")) });
        await temporary.Store.CommitAsync(new() { Reply = new("new 2", Utf8("x")) });

        var store = temporary.Reopen();

        string[] keys = ["old 0", "old 1", "old 2", "recent", "new 1", "new 2"];
        var kept = new List<string>();
        foreach (var key in keys)
        {
            if (await store.FindReplyAsync(key) is not null)
                kept.Add(key);
        }

        Assert.Equal(["recent", "new 1", "new 2"], kept);
    }

    [Theory]
    [InlineData("session", "stationId", "session_station")]
    [InlineData("session", "cardId", "session_card")]
    [InlineData("session", "status", "session_status")]
    [InlineData("run", "workflow.name", "run_workflow")]
    [InlineData("run", "status", "run_status")]
    [InlineData("run", "stationId", "run_station")]
    [InlineData("payment", "sessionId", "payment_session")]
    [InlineData("ticket", "stationId", "ticket_station")]
    [InlineData("ticket", "status", "ticket_status")]
    public void List_ByAUsualFilter_UsesItsIndexAndSortsNothing(string kind, string path, string index)
    {
        var plan = Outside("EXPLAIN QUERY PLAN " + SqliteReaders.ListQuery(kind, [(path, ["x"])]), column: 3);

        Assert.Contains(index, plan, StringComparison.Ordinal);
        Assert.DoesNotContain("TEMP B-TREE", plan, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("workflow.name", "run_workflow")]
    [InlineData("status", "run_status")]
    [InlineData("stationId", "run_station")]
    public void List_ByThreeFilters_UsesTheIndexOfTheRarest(string rarest, string index)
    {
        var filters = new[] { "stationId", "status", "workflow.name" }.Select(path => (path, new[] { "x" })).ToList();

        Assert.Contains(index, Outside("EXPLAIN QUERY PLAN " + SqliteReaders.ListQuery("run", filters, rarest: rarest), column: 3), StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_OfAFewAmongMany_FindsThemAll()
    {
        foreach (var some in Enumerable.Range(0, 3_000).Chunk(500))
        {
            var writes = some.Select(i => new StreamWrite(
                $"run/{i}", 0, Utf8($$$"""{"status":"{{{(i % 1000 == 7 ? "faulted" : "completed")}}}","workflow":{"name":"{{{(i % 600 == 7 ? "rare" : "usual")}}}"}}""")));
            await Store.CommitAsync(new Commit { Writes = [.. writes] });
        }

        foreach (var (workflow, status, count) in ((string, string, int)[])
            [("rare", "completed", 4), ("rare", "faulted", 1), ("usual", "faulted", 2), ("usual", "completed", 2_993), ("none", "completed", 0)])
        {
            List<(string, string)> filters = [("workflow.name", workflow), ("status", status)];
            Assert.Equal(count, await Store.CountAsync("run", filters));
            Assert.Equal(count, (await Store.ListAsync("run", filters, 3_000)).Items.Count);
        }
    }

    [Fact]
    public async Task Dispose_ThenUse_SaysSo()
    {
        using var folder = new TemporaryFolder();
        var store = SqliteStore.Open(folder.Path);
        store.Dispose();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => store.CommitAsync(One("station/CP1", 0, "{}")).AsTask());
    }

    /// <summary>A second connection, as a curious administrator has one.</summary>
    private string? Outside(string sql, int column = 0)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(_temporary.Folder, "voltwright.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        return reader.Read() ? reader.GetValue(column).ToString() : null;
    }

    private sealed class FullDisk : IJournalDisk
    {
        private readonly JournalDisk _disk = new();

        public bool IsFull { get; set; }

        public void KeepNames(string folder) => _disk.KeepNames(folder);

        /// <summary>As a disk may: what it refused to confirm is on it all the same.</summary>
        public void Write(SafeFileHandle file, ReadOnlySpan<byte> bytes, long place)
        {
            _disk.Write(file, bytes, place);
            if (IsFull)
                throw new IOException("no space left");
        }
    }
}
