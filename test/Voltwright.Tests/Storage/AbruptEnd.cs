using System.Diagnostics;
using System.Globalization;
using System.Text;
using Voltwright.Storage.Sqlite;
using Voltwright.Testing;

namespace Voltwright.Tests.Storage;

/// <summary>This test executable, started with a folder's name in the environment, commits there until it is killed.</summary>
public sealed class AbruptEnd
{
    private const string FolderVariable = "VOLTWRIGHT_TEST_COMMIT_IN";
    private const int Writers = 16;

    [Fact]
    public async Task Kill_WhileCommitting_LosesNothingThatWasAcknowledged()
    {
        using var folder = new TemporaryFolder();
        var acknowledged = new Dictionary<string, long>();
        for (var round = 0; round < 3; round++)
        {
            await RunAndKill(folder.Path, round, acknowledged);

            using var store = SqliteStore.Open(folder.Path);
            var events = (await store.ReadEventsAsync(0, int.MaxValue - 1)).Select(e => e.Envelope["id"].AsString()).ToList();
            Assert.Equal(events.Distinct(), events);
            foreach (var (stream, version) in acknowledged)
            {
                var kept = (await store.LoadAsync(stream))!.Version;
                Assert.True(kept >= version, $"Round {round}: {stream} was acknowledged at {version}, kept at {kept}.");
                Assert.Equal(kept, events.Count(id => id.StartsWith(stream + " ", StringComparison.Ordinal)));
                Assert.Equal(kept, (await store.ReadRecordsAsync(stream, limit: int.MaxValue)).Count);
            }
        }
    }

    /// <summary>The child's part. Ends by being killed, or when nobody reads its output any more.</summary>
    [Fact]
    public async Task Child_GivenAFolder_CommitsUntilItIsKilled()
    {
        if (Environment.GetEnvironmentVariable(FolderVariable) is { } folder)
            await Task.WhenAll(CommitForEver(folder));
    }

    private static async Task RunAndKill(string folder, int round, Dictionary<string, long> acknowledged)
    {
        var executable = Path.Combine(AppContext.BaseDirectory, "Voltwright.Tests");
        var start = new ProcessStartInfo(executable, ["-method", $"*.{nameof(Child_GivenAFolder_CommitsUntilItIsKilled)}"])
        {
            RedirectStandardOutput = true,
        };
        start.Environment[FolderVariable] = folder;
        using var child = Process.Start(start)!;
        var enough = 300 + (round * 157);
        // What it printed before it died counts too.
        while (await child.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.Split(' ') is [var stream, var version] && stream.StartsWith("run/", StringComparison.Ordinal))
                acknowledged[stream] = long.Parse(version, CultureInfo.InvariantCulture);
            if (--enough == 0)
                child.Kill();
        }

        await child.WaitForExitAsync();
        Assert.Equal(137, child.ExitCode);
    }

    private static IEnumerable<Task> CommitForEver(string folder)
    {
        var store = SqliteStore.Open(folder);
        return Enumerable.Range(0, Writers).Select(writer => Task.Run(async () =>
        {
            var stream = $"run/{writer}";
            for (var version = (await store.LoadAsync(stream))?.Version ?? 0; ; version++)
            {
                var body = Encoding.UTF8.GetBytes($$"""{"version":{{version + 1}}}""");
                Jq.JsonValue happened = Jq.JsonObject.Of(("id", $"{stream} {version}"), ("type", "t"), ("source", "s"));
                await store.CommitAsync(new() { Writes = [new(stream, version, body, body)], Events = [happened] });
                Console.WriteLine($"{stream} {version + 1}");
            }
        }));
    }
}
