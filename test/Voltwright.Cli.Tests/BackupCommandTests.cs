using Voltwright.Storage;
using Voltwright.Storage.Sqlite;
using Voltwright.Testing;

namespace Voltwright.Cli.Tests;

public sealed class BackupCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Backup_WhileTheStoreIsOpen_RestoresElsewhere()
    {
        using var store = SqliteStore.Open(Place("data"));
        await FillAsync(store);

        var copied = await Executable.RunAsync("backup", "--data", Place("data"), "--to", Place("backup"));
        var restored = await Executable.RunAsync("restore", "--from", Place("backup"), "--data", Place("elsewhere"));

        Assert.Equal((0, 0), (copied.ExitCode, restored.ExitCode));
        Assert.Contains(Place("backup"), copied.Messages, StringComparison.Ordinal);
        using var elsewhere = SqliteStore.Open(Place("elsewhere"));
        Assert.Equal(1, (await elsewhere.LoadAsync("card/TAG1"))!.Version);
    }

    [Fact]
    public async Task Backup_OverAFile_IsRefusedAndLeavesItAlone()
    {
        SqliteStore.Open(Place("data")).Dispose();
        var file = _folder.Write("backup", "precious");

        var ended = await Executable.RunAsync("backup", "--data", Place("data"), "--to", file);

        Assert.Equal(2, ended.ExitCode);
        Assert.Contains("is there already", ended.Messages, StringComparison.Ordinal);
        Assert.Equal("precious", await File.ReadAllTextAsync(file));
    }

    [Fact]
    public async Task Backup_OfAFolderWithoutAStore_SaysSo()
    {
        var ended = await Executable.RunAsync("backup", "--data", Place("nothing"), "--to", Place("backup"));

        Assert.Equal(2, ended.ExitCode);
        Assert.Contains("no store", ended.Messages, StringComparison.Ordinal);
        Assert.False(File.Exists(Place("backup")));
    }

    [Fact]
    public async Task Restore_OfWhatIsNoBackup_SaysSo()
    {
        var ended = await Executable.RunAsync("restore", "--from", _folder.Write("nonsense", new string('x', 200)), "--data", Place("data"));

        Assert.Equal(2, ended.ExitCode);
        Assert.Contains("damaged", ended.Messages, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Migrate_WithoutADatabase_SaysSo()
    {
        var ended = await Executable.RunAsync("migrate", "--from", Place("data"));

        Assert.Equal(2, ended.ExitCode);
        Assert.Contains("--postgres", ended.Messages, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Migrate_IntoADatabaseThatIsNotThere_NamesIt()
    {
        using (var store = SqliteStore.Open(Place("data")))
            await FillAsync(store);

        var ended = await Executable.RunAsync("migrate", "--from", Place("data"), "--postgres", "Host=127.0.0.1;Port=1;Username=x");

        Assert.Equal(2, ended.ExitCode);
        Assert.Contains("127.0.0.1:1", ended.Messages, StringComparison.Ordinal);
    }

    private static async Task FillAsync(IStore store) =>
        await store.CommitAsync(new() { Writes = [new("card/TAG1", 0, """{"id":"TAG1","status":"active"}"""u8.ToArray())] });

    private string Place(string name) => Path.Combine(_folder.Path, name);
}
