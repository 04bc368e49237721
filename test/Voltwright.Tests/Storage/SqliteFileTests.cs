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
