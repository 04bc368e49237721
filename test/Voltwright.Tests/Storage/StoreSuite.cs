using System.Text;
using Voltwright.Jq;
using Voltwright.Storage;

namespace Voltwright.Tests.Storage;

/// <summary>What every store must do; each store runs it.</summary>
public abstract class StoreSuite
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
                await Store.CommitAsync(One($"session/{writer}", i, $$"""{"i":{{i}}}""") with { Events = [Event($"{writer}-{i}", $"{writer}")] });
                Assert.Equal(i + 1, (await Store.LoadAsync($"session/{writer}"))!.Version);
            }
        })));

        var events = await Store.ReadEventsAsync(0, 2 * writers * commitsEach);
        Assert.Equal(writers * commitsEach, events.Count);
        Assert.Equal(events.Select(e => e.Position).Order().Distinct(), events.Select(e => e.Position));
        var ids = events.GroupBy(e => e.Envelope["subject"].AsString()).Select(g => string.Join(' ', g.Select(e => e.Envelope["id"].AsString())));
        Assert.All(ids, line => Assert.Equal(string.Join(' ', Enumerable.Range(0, commitsEach).Select(i => $"{line.Split('-')[0]}-{i}")), line));
    }

    [Fact]
    public async Task Reopen_AfterCommits_FindsEverything()
    {
        await Store.CommitAsync(One("station/CP1", 0, """{"a":1}""") with { Events = [Event("e1"), Event("e2")], Reply = new("k", Utf8("answer")) });
        await Store.CommitAsync(One("station/CP1", 1, """{"a":2}"""));

        Reopen();

        var found = await Store.LoadAsync("station/CP1");
        Assert.Equal((2, """{"a":2}"""), (found!.Version, Text(found.Body)));
        Assert.Equal("answer", Text((await Store.FindReplyAsync("k"))!.Value));
        Assert.Equal(["e1", "e2"], (await Store.ReadEventsAsync(0, 10)).Select(e => e.Envelope["id"].AsString()));
        Assert.Equal(3, (await Store.CommitAsync(One("station/CP2", 0, "{}"))) - 1);
    }

    protected static Commit One(string stream, long expected, string state) => new() { Writes = [Write(stream, expected, state)] };

    protected static StreamWrite Write(string stream, long expected, string? state, string? record = null) =>
        new(stream, expected, Optional(state), Optional(record));

    protected static JsonValue Event(string id, string subject = "CP1") => JsonObject.Of(
        ("specversion", "1.0"), ("id", id), ("source", "https://example.com"), ("type", "t"), ("subject", subject), ("data", JsonObject.Empty));

    protected static ReadOnlyMemory<byte>? Optional(string? text) => text is null ? default(ReadOnlyMemory<byte>?) : Utf8(text);

    protected static ReadOnlyMemory<byte> Utf8(string text) => Encoding.UTF8.GetBytes(text);

    protected static string Text(ReadOnlyMemory<byte> utf8) => Encoding.UTF8.GetString(utf8.Span);
}
