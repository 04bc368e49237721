using Microsoft.Data.Sqlite;
using Voltwright.Storage;
using Voltwright.Storage.Sqlite;
using Voltwright.Testing;

namespace Voltwright.Tests.Storage;

public sealed class SqliteFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Database => Path.Combine(_folder.Path, "voltwright.db");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Open_OfAFolderThatIsNotThere_MakesIt()
    {
        var deeper = Path.Combine(_folder.Path, "a", "b");

        using var store = SqliteStore.Open(deeper);

        Assert.True(File.Exists(Path.Combine(deeper, "voltwright.db")));
    }

    [Fact]
    public void Open_OfAFolderInUse_NamesFolderAndRemedy()
    {
        using var first = SqliteStore.Open(_folder.Path);

        AssertRefused(_folder.Path, "in use by another server", "--data");
    }

    [Fact]
    public void Open_AfterTheFirstClosed_Succeeds()
    {
        SqliteStore.Open(_folder.Path).Dispose();

        using var second = SqliteStore.Open(_folder.Path);
    }

    [Fact]
    public void Open_BelowAFile_NamesFolderAndRemedy()
    {
        var file = Path.Combine(_folder.Path, "file");
        File.WriteAllText(file, "");

        AssertRefused(Path.Combine(file, "data"), Path.Combine(file, "data"), "cannot be written", "write access");
        AssertRefused(file, "cannot be written");
    }

    [Fact]
    public void Open_OfAFolderWithoutWritePermission_NamesFolderAndRemedy()
    {
        if (Environment.IsPrivilegedProcess || OperatingSystem.IsWindows())
            return;
        File.SetUnixFileMode(_folder.Path, UnixFileMode.UserRead | UnixFileMode.UserExecute);

        AssertRefused(_folder.Path, "cannot be written", "write access");

        File.SetUnixFileMode(_folder.Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    [Fact]
    public void Open_OfATextFile_SaysItIsNoDatabase()
    {
        File.WriteAllText(Database, string.Join('\n', Enumerable.Repeat("this is not a database", 1000)));

        AssertRefused(_folder.Path, Database, "damaged or is not a Voltwright database", "backup");
    }

    [Fact]
    public async Task Open_OfADatabaseWithGarbageInside_SaysItIsDamaged()
    {
        using (var store = SqliteStore.Open(_folder.Path))
        {
            for (var i = 0; i < 300; i++)
            {
                var body = System.Text.Encoding.UTF8.GetBytes($$"""{"stationId":"CP{{i}}"}""");
                await store.CommitAsync(new() { Writes = [new($"session/{i}", 0, body)] });
            }
        }

        var bytes = File.ReadAllBytes(Database);
        new Random(1).NextBytes(bytes.AsSpan(8192, bytes.Length - 8192 - 4096));
        File.WriteAllBytes(Database, bytes);

        AssertRefused(_folder.Path, Database, "damaged");
    }

    [Fact]
    public void Open_OfAnotherProgramsDatabase_LeavesItAlone()
    {
        Execute("CREATE TABLE theirs (x)");

        AssertRefused(_folder.Path, Database, "another program");
        Execute("INSERT INTO theirs VALUES (1)");
    }

    [Fact]
    public void Open_OfANewerSchema_SaysWhichVersionIsNeeded()
    {
        SqliteStore.Open(_folder.Path).Dispose();
        Execute("PRAGMA user_version = 99");

        AssertRefused(_folder.Path, "schema 99", "newer");
    }

    [Fact]
    public async Task Open_WhenTheTablesLostTheirEnd_TakesItFromTheJournal()
    {
        await CommitAsync(_folder.Path, 1);
        File.Copy(Database, Database + ".older");
        await CommitAsync(_folder.Path, 2, () => CopyJournal(_folder.Path, _folder.Path));

        PutBack();
        File.Move(Database + ".older", Database, overwrite: true);

        using var store = SqliteStore.Open(_folder.Path);
        Assert.Equal(2, (await store.LoadAsync("station/CP1"))!.Version);
        Assert.Equal(3, await store.CommitAsync(new() { Writes = [new("station/CP1", 2, "{}"u8.ToArray())] }));
    }

    [Fact]
    public async Task Open_WithAJournalThatBeginsLater_SaysWhatIsMissing()
    {
        await CommitAsync(_folder.Path, 1);
        File.Copy(Database, Database + ".older");
        await CommitAsync(_folder.Path, 2);
        await CommitAsync(_folder.Path, 3, () => CopyJournal(_folder.Path, _folder.Path));

        PutBack();
        File.Move(Database + ".older", Database, overwrite: true);

        AssertRefused(_folder.Path, "does not fit", "begins after 2", "end with 1", "move");
    }

    [Fact]
    public async Task Open_WithAnotherStoresJournal_LeavesBothAlone()
    {
        var other = Path.Combine(_folder.Path, "other");
        await CommitAsync(_folder.Path, 1);
        await CommitAsync(other, 1, () => CopyJournal(other, _folder.Path));

        PutBack();

        AssertRefused(_folder.Path, "journal-0.bin' has commits of another store", "move");
        AssertRefused(_folder.Path, "journal-0.bin' has commits of another store");
    }

    private static async Task CommitAsync(string folder, int version, Action? then = null)
    {
        using var store = SqliteStore.Open(folder);
        await store.CommitAsync(new() { Writes = [new("station/CP1", version - 1, "{}"u8.ToArray())] });
        then?.Invoke();
    }

    /// <summary>As it is while the store is open, and after a crash.</summary>
    private static void CopyJournal(string from, string to)
    {
        foreach (var path in Journal.PathsIn(from))
            File.Copy(path, Path.Combine(to, Path.GetFileName(path) + ".kept"));
    }

    private void PutBack()
    {
        foreach (var path in Journal.PathsIn(_folder.Path))
            File.Move(path + ".kept", path, overwrite: true);
    }

    private static void AssertRefused(string folder, params string[] said)
    {
        var refusal = Assert.Throws<StoreUnavailableException>(() => SqliteStore.Open(folder).Dispose());
        Assert.All(said, part => Assert.Contains(part, refusal.Message, StringComparison.Ordinal));
    }

    private void Execute(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Database};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
