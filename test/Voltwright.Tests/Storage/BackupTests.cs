using Voltwright.Storage;
using Voltwright.Storage.Backups;
using Voltwright.Storage.Postgres;
using Voltwright.Storage.Sqlite;
using Voltwright.Testing;

namespace Voltwright.Tests.Storage;

public sealed class BackupTests(PostgresFixture fixture) : IDisposable
{
    private static readonly DateTimeOffset Due = new(2030, 1, 1, 12, 0, 0, TimeSpan.Zero);
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Backup_OfSqliteWhileItIsWritten_IsOneMomentOfIt()
    {
        using var store = SqliteStore.Open(Place("data"));
        await FillAsync(store);
        using var stop = new CancellationTokenSource();
        var writing = WriteAsync(store, stop.Token);

        Backup.OfSqlite(Place("data"), Place("backup"));

        await stop.CancelAsync();
        await writing;
        Backup.ToSqlite(Place("backup"), Place("restored"));
        using var restored = SqliteStore.Open(Place("restored"));
        await VerifyAsync(restored);
        Assert.Equal((await restored.LoadAsync("counter/a"))?.Version ?? 0, (await restored.ReadEventsAsync(0, 10_000)).Count - 2);
    }

    [Fact]
    public async Task Backup_OfPostgresWhileItIsWritten_IsOneMomentOfItInEitherStore()
    {
        var options = new PostgresOptions(fixture.CreateDatabase());
        await using var store = await PostgresStore.OpenAsync(options);
        await FillAsync(store);
        using var stop = new CancellationTokenSource();
        var writing = WriteAsync(store, stop.Token);

        await Backup.OfPostgresAsync(options, Place("backup"), CancellationToken.None);

        await stop.CancelAsync();
        await writing;
        Backup.ToSqlite(Place("backup"), Place("restored"));
        using (var restored = SqliteStore.Open(Place("restored")))
        {
            await VerifyAsync(restored);
            Assert.Equal((await restored.LoadAsync("counter/a"))?.Version ?? 0, (await restored.ReadEventsAsync(0, 10_000)).Count - 2);
        }

        var other = new PostgresOptions(fixture.CreateDatabase());
        await Backup.ToPostgresAsync(Place("backup"), other, CancellationToken.None);
        await using var again = await PostgresStore.OpenAsync(other);
        await VerifyAsync(again);
    }

    [Fact]
    public async Task Migrate_OfAnInstallation_KeepsEverythingAndGoesOnFromThere()
    {
        using (var store = SqliteStore.Open(Place("data")))
            await FillAsync(store);
        var options = new PostgresOptions(fixture.CreateDatabase());

        await Backup.MigrateAsync(Place("data"), options, CancellationToken.None);

        await using var migrated = await PostgresStore.OpenAsync(options);
        await VerifyAsync(migrated);
        Assert.Equal(5, await migrated.CommitAsync(new() { Writes = [new("session/2", 0, "{}"u8.ToArray())] }));
        Assert.Equal("session/2", (await migrated.ListAsync("session", [], 1)).Items[0].Stream);
    }

    [Fact]
    public async Task Migrate_IntoADatabaseThatIsNotEmpty_IsRefused()
    {
        using (var store = SqliteStore.Open(Place("data")))
            await FillAsync(store);
        var options = new PostgresOptions(fixture.CreateDatabase());
        await Backup.MigrateAsync(Place("data"), options, CancellationToken.None);

        var refusal = await Assert.ThrowsAsync<StoreUnavailableException>(
            () => Backup.MigrateAsync(Place("data"), options, CancellationToken.None));

        Assert.Contains("empty database", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Migrate_OfAFolderInUse_IsRefused()
    {
        using var store = SqliteStore.Open(Place("data"));

        var refusal = await Assert.ThrowsAsync<StoreUnavailableException>(
            () => Backup.MigrateAsync(Place("data"), new PostgresOptions("Host=127.0.0.1"), CancellationToken.None));

        Assert.Contains("in use", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Restore_OfWhatIsNoBackup_LeavesNothingBehind()
    {
        var file = _folder.Write("nonsense", new string('x', 5000));

        Assert.Throws<StoreUnavailableException>(() => Backup.ToSqlite(file, Place("restored")));

        Assert.False(File.Exists(Path.Combine(Place("restored"), "voltwright.db")));
    }

    [Fact]
    public void Restore_OverAStore_IsRefused()
    {
        SqliteStore.Open(Place("data")).Dispose();
        Backup.OfSqlite(Place("data"), Place("backup"));

        Assert.Throws<StoreUnavailableException>(() => Backup.ToSqlite(Place("backup"), Place("data")));
    }

    private string Place(string name) => Path.Combine(_folder.Path, name);

    /// <summary>Takes positions 1 to 4.</summary>
    private static async Task FillAsync(IStore store)
    {
        await store.CommitAsync(new()
        {
            Writes = [new("session/0", 0, """{"status":"charging"}"""u8.ToArray(), """{"did":"start"}"""u8.ToArray())],
            Events = [Event("1"), Event("2")],
            Timers = [new("session/0", "lease", Due.AddTicks(3))],
            Reply = new("key", "answer"u8.ToArray()),
        });
        await store.CommitAsync(new() { Writes = [new("session/1", 0, """{"status":"é𝄞"}"""u8.ToArray())] });
        await store.CommitAsync(new() { Writes = [new("session/0", 1, """{"status":"paid"}"""u8.ToArray(), """{"did":"pay"}"""u8.ToArray())] });
    }

    private static async Task VerifyAsync(IStore store)
    {
        Assert.Equal(["session/1", "session/0"], (await store.ListAsync("session", [], 10)).Items.Select(s => s.Stream));
        Assert.Equal(2, Assert.Single((await store.ListAsync("session", [("status", "paid")], 10)).Items).Version);
        Assert.Single((await store.ListAsync("session", [("status", "é𝄞")], 10)).Items);
        Assert.Equal([1L, 2L], (await store.ReadRecordsAsync("session/0")).Select(r => r.Version));
        Assert.Equal([(1L, "1"), (2L, "2")], (await store.ReadEventsAsync(0, 2)).Select(e => (e.Position, e.Envelope["id"].AsString())));
        Assert.Equal([new("session/0", "lease", Due.AddTicks(3))], await store.ReadTimersAsync());
        Assert.Equal("answer"u8.ToArray(), (await store.FindReplyAsync("key"))!.Value.ToArray());
    }

    /// <summary>A stream whose version is the number of its events, in every moment.</summary>
    private static async Task WriteAsync(IStore store, CancellationToken stop)
    {
        for (var version = 0L; !stop.IsCancellationRequested; version++)
        {
            await store.CommitAsync(
                new() { Writes = [new("counter/a", version, "{}"u8.ToArray())], Events = [Event($"counted {version}")] }, CancellationToken.None);
        }
    }

    private static Jq.JsonValue Event(string id) => Jq.JsonObject.Of(("id", id), ("type", "t"), ("source", "s"), ("subject", "x"));
}
