using Voltwright.Jq;
using Voltwright.Storage;

namespace Voltwright.Tests.Storage;

public abstract partial class StoreSuite
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Follow_FromTheStartAndLive_GivesEachEventOnceInOrder()
    {
        const int before = 300, during = 700;
        using var giveUp = new CancellationTokenSource(Patience);
        await AppendEvents(0, before);
        var followers = Enumerable.Range(0, 8).Select(i => Collect(i * 30, before + during - (i * 30), giveUp.Token)).ToArray();

        await AppendEvents(before, during);

        var positions = (await Store.ReadEventsAsync(0, 10_000)).Select(e => e.Position).ToList();
        for (var i = 0; i < followers.Length; i++)
            Assert.Equal(positions.Where(p => p > i * 30), (await followers[i]).Select(e => e.Position));
    }

    [Fact]
    public async Task Find_BySubjectAndType_GivesTheNewestFirstInPages()
    {
        for (var i = 0; i < 40; i++)
        {
            JsonValue envelope = JsonObject.Of(
                ("specversion", "1.0"), ("id", $"f{i}"), ("source", "/find"), ("type", i % 2 == 0 ? "even" : "odd"), ("subject", $"s{i % 4}"));
            await Store.CommitAsync(new Commit { Events = [envelope] });
        }

        var all = await Store.FindEventsAsync(new EventQuery(), null, 5);
        Assert.Equal(["f39", "f38", "f37", "f36", "f35"], all.Select(e => e.Envelope["id"].AsString()));
        var query = new EventQuery("s2", ["even"]);
        var page = await Store.FindEventsAsync(query, null, 6);
        var rest = await Store.FindEventsAsync(query, page[^1].Position, 6);
        Assert.Equal(Enumerable.Range(0, 10).Select(i => $"f{38 - (4 * i)}"), page.Concat(rest).Select(e => e.Envelope["id"].AsString()));
        Assert.Empty(await Store.FindEventsAsync(new EventQuery("s2", ["odd"]), null, 6));
        Assert.Empty(await Store.FindEventsAsync(new EventQuery("s1' OR 1=1 --"), null, 6));
        Assert.All(page, e => Assert.True(query.Takes(e)));
        Assert.Equal(page.Take(3).Select(e => e.Position), (await Store.FindEventsAsync(query with { After = page[3].Position }, null, 6)).Select(e => e.Position));
    }

    [Theory]
    [InlineData(null, null, 7, 0)]
    [InlineData("s1", null, 1000, 0)]
    [InlineData("s1", "odd", 3, 0)]
    [InlineData(null, "even", 2500, 0)]
    [InlineData(null, "even", 2500, 1234)]
    [InlineData("s1", "even", 1, 0)]
    public async Task Find_WithoutAnIndex_FindsTheSame(string? subject, string? type, int limit, long after)
    {
        var envelopes = Enumerable.Range(0, 6_000).Select(i => (JsonValue)JsonObject.Of(
            ("specversion", "1.0"), ("id", $"w{i}"), ("source", "/find"), ("type", i % 2 == 0 ? "even" : "odd"), ("subject", $"s{i % 4}")));
        foreach (var some in envelopes.Chunk(100))
            await Store.CommitAsync(new Commit { Events = some });
        var query = new EventQuery(subject, type is null ? null : [type], after);
        var found = await Store.FindEventsAsync(query, null, limit);
        var walked = await query.SearchAsync(Store, Store.LastEventPosition + 1, limit, CancellationToken.None);
        Assert.Equal(found.Select(e => e.Position), walked.Select(e => e.Position));
        Assert.Equal(found.Select(e => e.Envelope), walked.Select(e => e.Envelope));
    }

    [Fact]
    public async Task Follow_OfASlowReader_MissesNothing()
    {
        using var giveUp = new CancellationTokenSource(Patience);
        await AppendEvents(0, 10);
        await using var slow = Store.FollowEventsAsync(0, giveUp.Token).GetAsyncEnumerator(giveUp.Token);
        var seen = new List<string>();
        for (var i = 0; i < 5 && await slow.MoveNextAsync(); i++)
            seen.Add(slow.Current.Envelope["id"].AsString());

        // More than memory keeps, so that the reader must go back to the table.
        const int burst = 12_000;
        await AppendEvents(10, burst);
        while (seen.Count < burst + 10 && await slow.MoveNextAsync())
            seen.Add(slow.Current.Envelope["id"].AsString());

        Assert.Equal(Enumerable.Range(0, burst + 10).Select(i => $"e{i}"), seen);
    }

    [Fact]
    public async Task Follow_AfterAReopen_GoesOnFromThePosition()
    {
        using var giveUp = new CancellationTokenSource(Patience);
        await AppendEvents(0, 20);
        var half = await Collect(0, 10, giveUp.Token);

        Reopen();
        await AppendEvents(20, 5);

        var rest = await Collect(half[^1].Position, 15, giveUp.Token);
        Assert.Equal(Enumerable.Range(0, 25).Select(i => $"e{i}"), half.Concat(rest).Select(e => e.Envelope["id"].AsString()));
    }

    [Fact]
    public async Task Follow_ThatIsCancelled_Ends()
    {
        using var cancel = new CancellationTokenSource();
        var following = Collect(0, 1, cancel.Token);

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => following);
    }

    [Fact]
    public async Task ReadEvents_InPages_KeepsEnvelopesWhole()
    {
        var rich = JsonValue.Parse("""{"specversion":"1.0","id":"1","source":"s","type":"t","ext":7,"data":{"é":[1,null,1.5,"𝄞"]}}""");
        await Store.CommitAsync(new() { Events = [rich, Event("2"), Event("3")] });

        var first = await Store.ReadEventsAsync(0, 2);
        var second = await Store.ReadEventsAsync(first[^1].Position, 2);

        Assert.Equal(rich.ToString(), first[0].Envelope.ToString());
        Assert.Equal("3", Assert.Single(second).Envelope["id"].AsString());
        Reopen();
        Assert.Equal(rich.ToString(), (await Store.ReadEventsAsync(0, 2))[0].Envelope.ToString());
    }

    private async Task AppendEvents(int first, int count)
    {
        var commits = Enumerable.Range(first, count).Chunk(3).Select(ids => new Commit { Events = [.. ids.Select(i => Event($"e{i}"))] });
        // One writer: the queue keeps the order in which commits are handed over.
        await Task.WhenAll([.. commits.Select(c => Store.CommitAsync(c).AsTask())]);
    }

    private async Task<List<StoredEvent>> Collect(long after, int count, CancellationToken cancellation)
    {
        var seen = new List<StoredEvent>();
        await foreach (var e in Store.FollowEventsAsync(after, cancellation))
        {
            seen.Add(e);
            if (seen.Count == count)
                break;
        }

        return seen;
    }
}
