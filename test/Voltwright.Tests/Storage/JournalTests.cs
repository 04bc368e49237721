using System.Text;
using Voltwright.Storage;
using Voltwright.Storage.Sqlite;
using Voltwright.Testing;

namespace Voltwright.Tests.Storage;

public sealed class JournalTests : IDisposable
{
    private const string Store = "0123456789abcdef0123456789abcdef";

    /// <summary>Larger than a turn, so that one commit ends it.</summary>
    private const int Large = 33 << 20;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Read_AfterAnAbruptEnd_GivesWhatWasAppended()
    {
        using (var journal = Open())
        {
            journal.Append([Entry(1, "a"), Entry(2, "b")], projected: 0);
            journal.Append([Entry(3, "c")], projected: 0);
        }

        Assert.Equal(["1 a", "2 b", "3 c"], Contents(after: 0));
        Assert.Equal(["3 c"], Contents(after: 2));
    }

    [Fact]
    public void Read_WhenTheLastFrameIsTorn_GivesAllBeforeIt()
    {
        var sizes = Append("a", "b", "c");
        for (var left = sizes[1]; left < sizes[2]; left++)
        {
            var whole = File.ReadAllBytes(Current);
            File.WriteAllBytes(Current, [.. whole[..(int)left], .. new byte[whole.Length - left - 1]]);

            Assert.Equal(["1 a", "2 b"], Contents());
            File.WriteAllBytes(Current, whole);
        }
    }

    [Fact]
    public void Append_AfterATornFrame_TakesItsPlace()
    {
        var sizes = Append("a", "b");
        File.WriteAllBytes(Current, File.ReadAllBytes(Current)[..(int)(sizes[0] + 40)]);

        using (var journal = Open())
            journal.Append([Entry(2, "again")], projected: 0);

        Assert.Equal(["1 a", "2 again"], Contents());
    }

    [Fact]
    public void Open_WithAFlippedBitBeforeWholeFrames_IsRefusedAndNothingIsTouched()
    {
        var sizes = Append("a", "b", "c");
        var damaged = File.ReadAllBytes(Current);
        for (var place = sizes[0]; place < sizes[1]; place++)
        {
            damaged[place] ^= 1;
            File.WriteAllBytes(Current, damaged);

            var refusal = Assert.Throws<StoreUnavailableException>(() => Open(projected: 1).Dispose());

            Assert.Contains($"journal-0.bin' is damaged at byte {sizes[0]}: commits from 2 on", refusal.Message, StringComparison.Ordinal);
            Assert.Contains("backup", refusal.Message, StringComparison.Ordinal);
            Assert.Equal(damaged, File.ReadAllBytes(Current));
            damaged[place] ^= 1;
        }
    }

    [Fact]
    public void Open_WithDamageInWhatTheTablesHave_GoesOn()
    {
        var sizes = Append("a", "b", "c");
        var damaged = File.ReadAllBytes(Current);
        damaged[sizes[0] + 40] ^= 1;
        File.WriteAllBytes(Current, damaged);

        Assert.Equal([], Contents(after: 3));
    }

    [Fact]
    public void Append_PastATurn_WritesOverWhatTheTablesHaveAndKeepsTheRest()
    {
        using (var journal = Open())
        {
            journal.Append([Entry(1, new string('x', Large))], projected: 0);
            journal.Append([Entry(2, "b")], projected: 1);
            journal.Append([Entry(3, new string('x', Large))], projected: 1);
            journal.Append([Entry(4, "d")], projected: 2);
        }

        Assert.Equal([3, 4], Positions(after: 2));
        using (var journal = Open(projected: 3))
            journal.Append([Entry(5, "e")], projected: 3);
        Assert.Equal(["4 d", "5 e"], Contents(after: 3));
    }

    [Fact]
    public void Append_WhileTheTablesGetNothing_LosesNothing()
    {
        using (var journal = Open())
        {
            for (var i = 1; i <= 3; i++)
                journal.Append([Entry(i, new string('x', Large))], projected: 0);
        }

        Assert.Equal([1, 2, 3], Positions(after: 0));
    }

    [Fact]
    public void Append_OfMuchAtOnce_IsReadAsItWas()
    {
        var entries = Enumerable.Range(1, 400).Select(i => Entry(i, new string('x', 20_000))).ToList();
        using (var journal = Open())
            journal.Append(entries, projected: 0);

        Assert.Equal(Enumerable.Range(1, 400).Select(i => (long)i), Positions(after: 0));
    }

    [Fact]
    public void Open_WhenTheBeginningOfMuchAtOnceNeverReachedTheDisk_GivesAllBeforeIt()
    {
        Append("a");
        var before = File.ReadAllBytes(Current).Length;
        using (var journal = Open())
            journal.Append([.. Enumerable.Range(2, 400).Select(i => Entry(i, new string('x', 20_000)))], projected: 0);
        var bytes = File.ReadAllBytes(Current);
        bytes.AsSpan(before, 4096).Clear();
        File.WriteAllBytes(Current, bytes);

        Assert.Equal(["1 a"], Contents());
    }

    [Fact]
    public void Open_WithAnotherStoresCommits_IsRefusedAndWithoutAnyTakesItOver()
    {
        Open().Dispose();
        Open(store: new string('f', 32)).Dispose();
        Append("a");

        var refusal = Assert.Throws<StoreUnavailableException>(() => Open(store: new string('f', 32)).Dispose());

        Assert.Contains("journal-0.bin' has commits of another store", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(["1 a"], Contents());
    }

    [Fact]
    public async Task Peek_WhileItIsWritten_HasNoGap()
    {
        using var journal = Open();
        var (projected, last) = (0L, 0L);
        using var stop = new CancellationTokenSource();
        var writing = Task.Run(() =>
        {
            for (var i = 1; !stop.IsCancellationRequested; i++)
            {
                journal.Append([Entry(i, new string('x', 3 << 20))], Volatile.Read(ref projected));
                Volatile.Write(ref last, i);
                Volatile.Write(ref projected, i - 3);
            }
        });

        try
        {
            for (var i = 0; i < 20; i++)
            {
                var (after, least) = (0L, Volatile.Read(ref last));
                var entries = Journal.Peek(_folder.Path, () => after = Math.Max(0, Volatile.Read(ref projected)));

                Assert.Equal(Enumerable.Range((int)after + 1, entries.Count).Select(p => (long)p), entries.Select(e => e.Position));
                Assert.True(after + entries.Count >= least);
            }
        }
        finally
        {
            await stop.CancelAsync();
            await writing;
        }
    }

    private string Current => Journal.PathsIn(_folder.Path).First();

    private static JournalEntry Entry(long position, string text)
    {
        var commit = new Commit { Writes = [new("station/a", position - 1, Encoding.UTF8.GetBytes($"\"{text}\""))] };
        return new JournalEntry(commit, DateTimeOffset.UnixEpoch, []) { Position = position };
    }

    private Journal Open(long projected = 0, string store = Store) => Journal.Open(_folder.Path, store, projected, new JournalDisk());

    /// <summary>One frame each; where each ends in the file.</summary>
    private List<long> Append(params string[] texts)
    {
        var ends = new List<long>();
        using var journal = Open();
        for (var i = 0; i < texts.Length; i++)
        {
            journal.Append([Entry(i + 1, texts[i])], projected: 0);
            ends.Add(new FileInfo(Current).Length);
        }

        return ends;
    }

    private List<string> Contents(long after = 0)
    {
        using var journal = Open(after);
        return [.. journal.Read(after).Select(e => $"{e.Position} {Encoding.UTF8.GetString(e.Commit.Writes[0].State!.Value.Span).Trim('"')}")];
    }

    private List<long> Positions(long after)
    {
        using var journal = Open(after);
        return [.. journal.Read(after).Select(e => e.Position)];
    }
}
