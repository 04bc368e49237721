using Voltwright.Events;
using Voltwright.Jq;
using Voltwright.Testing;

namespace Voltwright.Tests.Events;

public sealed class EventLogTests
{
    [Fact]
    public async Task Publish_OfTheSameSourceAndId_IsOneEvent_AcrossARestartToo()
    {
        using var store = new TemporaryStore();
        Assert.True(await new EventLog(store.Store).PublishAsync(Event("/s", "1"), CancellationToken.None));
        Assert.False(await new EventLog(store.Store).PublishAsync(Event("/s", "1"), CancellationToken.None));

        var log = new EventLog(store.Reopen());

        Assert.False(await log.PublishAsync(Event("/s", "1"), CancellationToken.None));
        Assert.True(await log.PublishAsync(Event("/t", "1"), CancellationToken.None));
        Assert.Equal(2, (await store.Store.ReadEventsAsync(0, 10)).Count);
    }

    [Fact]
    public async Task Publish_ByManyAtOnce_LetsOneIn()
    {
        using var store = new TemporaryStore();
        var log = new EventLog(store.Store);

        var publishing = Enumerable.Range(0, 20).Select(_ => Task.Run(() => log.PublishAsync(Event("/s", "1"), CancellationToken.None)));
        var isNew = await Task.WhenAll(publishing);

        Assert.Single(isNew, n => n);
        Assert.Single(await store.Store.ReadEventsAsync(0, 10));
    }

    private static JsonValue Event(string source, string id) =>
        JsonObject.Of(("specversion", "1.0"), ("id", id), ("source", source), ("type", "test"));
}
