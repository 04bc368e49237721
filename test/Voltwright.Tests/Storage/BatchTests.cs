using Voltwright.Storage;

namespace Voltwright.Tests.Storage;

/// <summary>Which commits of a batch may be written, given what is committed and what comes before them in the batch.</summary>
public sealed class BatchTests
{
    private readonly Dictionary<string, long> _committed = new() { ["run/1"] = 3 };
    private readonly HashSet<string> _replies = ["known"];
    private readonly Batch _batch;

    public BatchTests() => _batch = new Batch(stream => _committed.GetValueOrDefault(stream), _replies.Contains);

    [Fact]
    public void Entry_ThatExpectsWhatIsCommitted_IsTaken() => Assert.Null(_batch.Refuses(Entry(Write("run/1", 3), Write("run/2", 0))));

    [Theory]
    [InlineData("run/1", 2)]
    [InlineData("run/1", 4)]
    [InlineData("run/1", 0)]
    [InlineData("run/2", 1)]
    public void Entry_ThatExpectsAnythingElse_IsRefused(string stream, long expected)
    {
        var refusal = _batch.Refuses(Entry(Write(stream, expected)));

        Assert.Equal(stream, refusal!.Stream);
        Assert.Empty(_batch.Take());
    }

    [Fact]
    public void Entries_OfOneStream_FollowEachOther()
    {
        Assert.Null(_batch.Refuses(Entry(Write("run/1", 3))));
        Assert.NotNull(_batch.Refuses(Entry(Write("run/1", 3))));
        Assert.Null(_batch.Refuses(Entry(Write("run/1", 4), Write("run/1", 5))));
        Assert.Null(_batch.Refuses(Entry(Write("run/1", 6))));

        Assert.Equal(3, _batch.Take().Count);
    }

    [Fact]
    public void Entry_ThatIsRefused_LeavesNothingBehind()
    {
        Assert.NotNull(_batch.Refuses(Entry(Write("run/2", 0), Write("run/1", 9))));

        Assert.Null(_batch.Refuses(Entry(Write("run/2", 0))));
    }

    [Fact]
    public void Stream_RemovedInTheBatch_IsNewAgain()
    {
        Assert.Null(_batch.Refuses(Entry(new StreamWrite("run/1", 3, null))));

        Assert.Null(_batch.Refuses(Entry(Write("run/1", 0))));
    }

    [Fact]
    public void Reply_OfAKeyThatIsTaken_IsRefused()
    {
        Assert.Equal("reply/known", _batch.Refuses(Reply("known"))!.Stream);
        Assert.Null(_batch.Refuses(Reply("new")));
        Assert.Equal("reply/new", _batch.Refuses(Reply("new"))!.Stream);
    }

    [Fact]
    public void Take_EmptiesTheBatch_SoThatTheNextStartsFromWhatIsCommitted()
    {
        Assert.Null(_batch.Refuses(Entry(Write("run/1", 3))));
        Assert.Single(_batch.Take());

        Assert.Null(_batch.Refuses(Entry(Write("run/1", 3))));
    }

    private static JournalEntry Entry(params StreamWrite[] writes) => JournalEntry.Of(new Commit { Writes = writes }, default);

    private static JournalEntry Reply(string key) => JournalEntry.Of(new Commit { Reply = new(key, "x"u8.ToArray()) }, default);

    private static StreamWrite Write(string stream, long expected) => new(stream, expected, "{}"u8.ToArray());
}
