using System.Text;
using Voltwright.Jq;
using Voltwright.Storage;

namespace Voltwright.Tests.Storage;

/// <summary>What every store must do; each store runs it.</summary>
public abstract partial class StoreSuite
{
    protected abstract IStore Store { get; }

    protected abstract IStore Reopen();

    [Fact]
    public async Task Commit_OfANewStream_IsReadAtOnce()
    {
        await Store.CommitAsync(One("station/CP1", 0, """{"a":1}"""));

        var found = await Store.LoadAsync("station/CP1");

        Assert.Equal((1, """{"a":1}"""), (found!.Version, Text(found.Body)));
        Assert.Null(await Store.LoadAsync("station/CP2"));
    }

    [Fact]
    public async Task Commit_OfAStaleVersion_WritesNothing()
    {
        await Store.CommitAsync(One("station/CP1", 0, """{"a":1}"""));
        var late = new Commit
        {
            Writes = [Write("session/1", 0, "{}"), Write("station/CP1", 0, """{"a":2}""")],
            Events = [Event("x")],
        };

        var refusal = await Assert.ThrowsAsync<StaleVersionException>(() => Store.CommitAsync(late).AsTask());

        Assert.Equal("station/CP1", refusal.Stream);
        Assert.Null(await Store.LoadAsync("session/1"));
        Assert.Empty(await Store.ReadEventsAsync(0, 10));
        Assert.Equal(1, (await Store.LoadAsync("station/CP1"))!.Version);
    }

    [Fact]
    public async Task Commit_OfTwoWritersToOneStreamAtOnce_LetsExactlyOneThrough()
    {
        for (var round = 0; round < 20; round++)
        {
            var stream = $"station/{round}";
            var attempts = Enumerable.Range(0, 10).Select(_ => Task.Run(() => Store.CommitAsync(One(stream, 0, "{}")).AsTask())).ToArray();

            await Task.WhenAll(attempts.Select(a => a.ContinueWith(_ => { }, TaskScheduler.Default)));

            Assert.Equal(1, attempts.Count(a => a.IsCompletedSuccessfully));
            Assert.Equal(9, attempts.Count(a => a.Exception?.InnerException is StaleVersionException));
        }
    }

    [Fact]
    public async Task Commit_OfAThousandWritersAtOnce_KeepsEveryOneAndTheirOrder()
    {
        const int writers = 1000, commitsEach = 5;
        await Task.WhenAll(Enumerable.Range(0, writers).Select(writer => Task.Run(async () =>
        {
            for (var i = 0; i < commitsEach; i++)
            {
                var commit = One($"session/{writer}", i, $$"""{"i":{{i}}}""") with { Events = [Event($"{writer}-{i}", $"{writer}")] };
                await Store.CommitAsync(commit);
                Assert.Equal(i + 1, (await Store.LoadAsync($"session/{writer}"))!.Version);
            }
        })));

        var events = await Store.ReadEventsAsync(0, 2 * writers * commitsEach);
        Assert.Equal(writers * commitsEach, events.Count);
        Assert.Equal(events.Select(e => e.Position).Order().Distinct(), events.Select(e => e.Position));
        foreach (var ofWriter in events.GroupBy(e => e.Envelope["subject"].AsString()))
        {
            var expected = Enumerable.Range(0, commitsEach).Select(i => $"{ofWriter.Key}-{i}");
            Assert.Equal(expected, ofWriter.Select(e => e.Envelope["id"].AsString()));
        }
    }

    [Fact]
    public async Task Reopen_AfterCommits_FindsEverything()
    {
        var first = One("station/CP1", 0, """{"a":1}""") with { Events = [Event("e1"), Event("e2")] };
        await Store.CommitAsync(first with { Reply = new("k", Utf8("answer")) });
        await Store.CommitAsync(One("station/CP1", 1, """{"a":2}"""));

        Reopen();

        var found = await Store.LoadAsync("station/CP1");
        Assert.Equal((2, """{"a":2}"""), (found!.Version, Text(found.Body)));
        Assert.Equal("answer", Text((await Store.FindReplyAsync("k"))!.Value));
        Assert.Equal(["e1", "e2"], (await Store.ReadEventsAsync(0, 10)).Select(e => e.Envelope["id"].AsString()));
        Assert.Equal(3, (await Store.CommitAsync(One("station/CP2", 0, "{}"))) - 1);
    }

    [Fact]
    public async Task Commit_OfARemoval_MakesTheStreamNewAndKeepsItsRecords()
    {
        await Store.CommitAsync(new() { Writes = [Write("station/CP1", 0, """{"a":1}""", """{"did":"register"}""")] });
        await Store.CommitAsync(new() { Writes = [Write("station/CP1", 1, null, """{"did":"remove"}""")] });

        Assert.Null(await Store.LoadAsync("station/CP1"));
        Assert.Empty((await Store.ListAsync("station", [], 10)).Items);
        var records = await Store.ReadRecordsAsync("station/CP1");
        Assert.Equal(["""{"did":"register"}""", """{"did":"remove"}"""], records.Select(r => Text(r.Body)));
        Assert.Null(await Store.LoadAsync("station/CP1"));

        await Store.CommitAsync(One("station/CP1", 0, """{"a":2}"""));

        Assert.Equal(1, (await Store.LoadAsync("station/CP1"))!.Version);
        Assert.Single((await Store.ListAsync("station", [], 10)).Items);
    }

    [Fact]
    public async Task Commit_ThatWritesAStreamTwice_CountsBoth()
    {
        StreamWrite[] writes = [Write("run/1", 0, """{"n":1}""", """{"r":1}"""), Write("run/1", 1, """{"n":2}""", """{"r":2}""")];
        await Store.CommitAsync(new() { Writes = writes });

        Assert.Equal((2, """{"n":2}"""), (await Store.LoadAsync("run/1") is { } s ? (s.Version, Text(s.Body)) : default));
        Assert.Equal([1L, 2L], (await Store.ReadRecordsAsync("run/1")).Select(r => r.Version));
        Assert.Equal([2L], (await Store.ReadRecordsAsync("run/1", afterVersion: 1)).Select(r => r.Version));
    }

    [Theory]
    [InlineData("{")]
    [InlineData("")]
    [InlineData("{} {}")]
    public async Task Commit_OfWhatIsNotJson_IsRefusedAtOnce(string text) =>
        await Assert.ThrowsAsync<ArgumentException>(() => Store.CommitAsync(One("station/CP1", 0, text)).AsTask());

    [Fact]
    public async Task Commit_ToANameWithoutKind_IsRefused() =>
        await Assert.ThrowsAsync<ArgumentException>(() => Store.CommitAsync(One("CP1", 0, "{}")).AsTask());

    [Fact]
    public async Task Reply_OfAKeyThatIsTaken_StopsTheSecondCommit()
    {
        Assert.Null(await Store.FindReplyAsync("key"));
        await Store.CommitAsync(One("payment/1", 0, "{}") with { Reply = new("key", Utf8("first")) });

        var second = One("payment/2", 0, "{}") with { Reply = new("key", Utf8("second")) };
        await Assert.ThrowsAsync<StaleVersionException>(() => Store.CommitAsync(second).AsTask());
        Reopen();
        await Assert.ThrowsAsync<StaleVersionException>(() => Store.CommitAsync(second).AsTask());

        Assert.Equal("first", Text((await Store.FindReplyAsync("key"))!.Value));
        Assert.Null(await Store.LoadAsync("payment/2"));
    }

    protected static Commit One(string stream, long expected, string state) => new() { Writes = [Write(stream, expected, state)] };

    protected static StreamWrite Write(string stream, long expected, string? state, string? record = null) =>
        new(stream, expected, Optional(state), Optional(record));

    protected static JsonValue Event(string id, string subject = "CP1") => JsonObject.Of(
        ("specversion", "1.0"), ("id", id), ("source", "https://example.com"), ("type", "t"), ("subject", subject),
        ("data", JsonObject.Empty));

    protected static ReadOnlyMemory<byte>? Optional(string? text) => text is null ? default(ReadOnlyMemory<byte>?) : Utf8(text);

    protected static ReadOnlyMemory<byte> Utf8(string text) => Encoding.UTF8.GetBytes(text);

    protected static string Text(ReadOnlyMemory<byte> utf8) => Encoding.UTF8.GetString(utf8.Span);
}
