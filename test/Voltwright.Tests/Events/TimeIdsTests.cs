using Microsoft.Extensions.Time.Testing;
using Voltwright.Events;

namespace Voltwright.Tests.Events;

public sealed class TimeIdsTests
{
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2030, 1, 1, 12, 0, 0, TimeSpan.Zero));

    [Fact]
    public void Next_WithinOneMillisecond_Ascends()
    {
        var ids = new TimeIds(_clock);

        var made = Enumerable.Range(0, 10_000).Select(_ => ids.Next()).ToList();

        Assert.Equal(made.Order(StringComparer.Ordinal).Distinct(), made);
    }

    [Fact]
    public void Next_WithAClockSetBack_StillAscends()
    {
        var ids = new TimeIds(_clock);
        var before = ids.Next();
        _clock.AdjustTime(_clock.GetUtcNow().AddHours(-1));

        Assert.True(string.CompareOrdinal(before, ids.Next()) < 0);
    }

    [Fact]
    public void Next_AtAnyTime_IsAVersion7UuidOfIt()
    {
        var id = Guid.Parse(new TimeIds(_clock).Next());

        Assert.Equal((7, true), (id.Version, id.Variant is >= 8 and <= 11));
        Assert.Equal(_clock.GetUtcNow().ToUnixTimeMilliseconds(), Convert.ToInt64(id.ToString("N")[..12], 16));
    }

    [Fact]
    public async Task Next_FromManyThreads_NeverRepeats()
    {
        var ids = new TimeIds(_clock);

        var making = Enumerable.Range(0, 8).Select(_ => Task.Run(() => Enumerable.Range(0, 1000).Select(_ => ids.Next()).ToList()));
        var made = await Task.WhenAll(making);

        Assert.Equal(8000, made.SelectMany(m => m).Distinct().Count());
    }
}
