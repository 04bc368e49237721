using System.Collections.Immutable;
using Voltwright.Stations;

namespace Voltwright.Tests.Stations;

public sealed class TapWatchTests
{
    private static readonly DateTimeOffset Now = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void SinceTap_OfTheFirstLedAfterIt_IsTheWait() =>
        Assert.Equal(TimeSpan.FromMilliseconds(20), Wait(tapAgoMs: 20, ("1", 5)));

    [Fact]
    public void SinceTap_LongAgo_IsNone() => Assert.Null(Wait(tapAgoMs: 30_001, ("1", 5)));

    [Fact]
    public void SinceTap_OfALedThatWasToldBefore_IsNone() =>
        Assert.Null(TapWatch.SinceTap(StationOf(20, [("1", 5)]), "1", LedOf(10), Now));

    [Fact]
    public void SinceTap_OfALedThatWasLitBeforeTheTap_IsTheWait() =>
        Assert.NotNull(TapWatch.SinceTap(StationOf(20, [("1", 5)]), "1", LedOf(40), Now));

    [Fact]
    public void SinceTap_OfTheSecondLed_IsNone() =>
        Assert.Null(TapWatch.SinceTap(StationOf(20, [("main", 10), ("1", 5)]), "1", null, Now));

    [Fact]
    public void SinceTap_OfACardThatWasRefused_IsNone() =>
        Assert.Null(TapWatch.SinceTap(StationOf(20, [("1", 5)], CardDecision.Blocked), "1", null, Now));

    [Fact]
    public void SinceTap_WithoutATap_IsNone() =>
        Assert.Null(TapWatch.SinceTap(StationOf(20, [("1", 5)]) with { Taps = [] }, "1", null, Now));

    private static TimeSpan? Wait(int tapAgoMs, params (string Led, int AgoMs)[] leds) =>
        TapWatch.SinceTap(StationOf(tapAgoMs, leds), leds[0].Led, null, Now);

    private static Station StationOf(int tapAgoMs, (string Led, int AgoMs)[] leds, CardDecision decision = CardDecision.Accepted)
    {
        var at = Now.AddMilliseconds(-tapAgoMs);
        return new Station
        {
            Id = "CP1",
            Protocol = "ocpp1.6",
            Slots = [],
            Taps = [new Tap("CARD", at, at, "authorize", decision)],
            Leds = leds.DistinctBy(l => l.Led).ToImmutableSortedDictionary(l => l.Led, l => LedOf(l.AgoMs), StringComparer.Ordinal),
        };
    }

    private static Led LedOf(int agoMs) => new("on", "blue", null, "wanted", Now.AddMilliseconds(-agoMs));
}
