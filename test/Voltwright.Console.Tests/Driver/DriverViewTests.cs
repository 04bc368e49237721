using System.Net;
using Microsoft.Extensions.Time.Testing;
using Voltwright.Server.Console.Layout;
using Voltwright.Server.Driver;
using Voltwright.Sessions;
using Voltwright.Stations;
using Voltwright.Tariffs;

namespace Voltwright.Console.Tests.Driver;

/// <summary>What a driver is told at every moment, decided without a server.</summary>
public sealed class DriverViewTests
{
    private static readonly DateTimeOffset Noon = new(2026, 7, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly Tariff Tariff = new() { Currency = "EUR", PerKwh = 49, IdlePerMinute = 10 };
    private static readonly Visit Visit = new("CP1", "TAG1", "page-1", Noon, Noon.AddDays(7));
    private static readonly Station Online = Station.Register(new StationRegistration("CP1", "ocpp1.6", 2, "secret"), Noon).Value! with { Connected = true };
    private static readonly Session Leased = Session.Lease("s-1", "CP1", 1, "TAG1", Tariff, Noon, Noon.AddMinutes(5));

    [Theory]
    [InlineData(SessionStatus.Leased, false, Moment.Waiting)]
    [InlineData(SessionStatus.Started, false, Moment.Waiting)]
    [InlineData(SessionStatus.Charging, true, Moment.Charging)]
    [InlineData(SessionStatus.Ended, true, Moment.Settling)]
    [InlineData(SessionStatus.Paid, true, Moment.Paid)]
    [InlineData(SessionStatus.Unpaid, true, Moment.Unpaid)]
    [InlineData(SessionStatus.Ended, false, Moment.Cancelled)]
    [InlineData(SessionStatus.Paid, false, Moment.Cancelled)]
    [InlineData(SessionStatus.Expired, false, Moment.Refused)]
    public void Moment_OfASession_FollowsItsStatus(SessionStatus status, bool began, Moment moment) =>
        Assert.Equal(moment, View(Leased with { Status = status, StartedAt = began ? Noon : null }).Moment);

    [Theory]
    [InlineData(false, false, null, 5, Moment.Asked)]
    [InlineData(false, false, null, 15, Moment.Refused)]
    [InlineData(true, true, null, 50, Moment.Asked)]
    [InlineData(true, false, null, 1, Moment.Refused)]
    [InlineData(true, false, 504L, 1, Moment.Refused)]
    public void Moment_WithoutASession_IsWhatTheWorkflowsMadeOfTheTap(bool found, bool running, long? fault, int seconds, Moment moment)
    {
        var view = new DriverView(Online, Tariff, Noon.AddSeconds(seconds), Visit, null, new TapOutcome(found, running, fault));
        Assert.Equal(moment, view.Moment);
        Assert.Equal(moment == Moment.Refused, view.CanStart);
    }

    [Fact]
    public void Stop_ThatWasAskedFor_CanBeAskedForAgainOnlyAfterAWhile()
    {
        var charging = Leased with { Status = SessionStatus.Charging, StartedAt = Noon };
        var asked = Visit with { StopAskedAt = Noon };
        Assert.Equal((Moment.Stopping, false), Of(new DriverView(Online, Tariff, Noon.AddSeconds(5), asked, charging, TapOutcome.None)));
        Assert.Equal((Moment.Charging, true), Of(new DriverView(Online, Tariff, Noon.AddSeconds(31), asked, charging, TapOutcome.None)));
        Assert.Equal((Moment.Stopping, false), Of(new DriverView(Online, Tariff, Noon.AddHours(1), asked, charging with { EndAskedAt = Noon }, TapOutcome.None)));

        static (Moment, bool) Of(DriverView view) => (view.Moment, view.CanStop);
    }

    [Fact]
    public void Words_OfEveryTrouble_AreInBothLanguages()
    {
        var charging = Leased with { Status = SessionStatus.Charging, StartedAt = Noon };
        var faulted = new Fault("GroundFailure", null, null, Noon, Noon);
        var busy = Online with { Slots = [.. Online.Slots.Select(s => s with { Charging = true, SessionId = "other" })] };
        Says(Look(Online), "2 slots are free", "2 Plätze sind frei");
        Says(Look(busy), "No slot is free", "Kein Platz ist frei");
        Says(Look(Online with { Connected = false }), "The station is offline", "Die Station ist offline");
        Says(Look(Online with { Fault = faulted }), "The station has a fault", "Die Station ist gestört");
        Says(Look(Online with { OutOfOrder = true }), "The station is out of service", "Die Station ist außer Betrieb");
        Says(View(Leased) with { Now = Noon.AddSeconds(9) }, "The station does not answer", "Die Station antwortet nicht");
        Says(View(charging with { EndAskedAt = Noon }) with { Now = Noon.AddSeconds(9) }, "The station does not answer", "Die Station antwortet nicht");
        Says(View(charging with { IdleSince = Noon }), "Your car takes no energy", "Ihr Auto nimmt keine Energie");
        Says(View(Leased with { Status = SessionStatus.Expired }), "Nobody plugged in", "Es wurde nicht angesteckt");
        Says(Refused(Online, 504), "The station did not answer", "Die Station hat nicht geantwortet");
        Says(Refused(Online, 500), "It could not be started", "Das Laden konnte nicht gestartet werden");
        Says(Refused(busy, null), "No slot is free", "Kein Platz ist frei");
        Says(Refused(Online, null), "It could not be started", "Das Laden konnte nicht gestartet werden");
    }

    [Fact]
    public void Slots_OfAStation_AreToldOneByOne()
    {
        var slots = Online with
        {
            Slots =
            [
                Online.Slots[0] with { Fault = new Fault("GroundFailure", null, null, Noon, Noon) }, Online.Slots[1] with { OutOfOrder = true },
                Online.Slots[1] with { SessionId = "s" }, Online.Slots[1] with { SessionId = "s", Charging = true }, Online.Slots[1],
            ],
        };
        Assert.Equal(["has a fault", "not in service", "kept for somebody", "occupied", "free"], Texts(slots));
        Assert.All(Texts(slots with { Connected = false }), text => Assert.Equal("not in service", text));

        static IEnumerable<string> Texts(Station station) =>
            station.Slots.Select(s => DriverWords.Slot(Look(station), s, Words.For("en", null)).Text);
    }

    [Fact]
    public void Attempts_FromOneNetworkOrAtOneStation_AreBounded()
    {
        var clock = new FakeTimeProvider(Noon);
        var limit = new AttemptLimit(clock);
        for (var i = 0; i < AttemptLimit.FromOneAddress; i++)
            Assert.Equal(TimeSpan.Zero, limit.Take(IPAddress.Parse($"2001:db8:1:2::{i}"), "CP1"));
        Assert.NotEqual(TimeSpan.Zero, limit.Take(IPAddress.Parse("2001:db8:1:2:ffff::1"), "CP2"));
        for (var i = AttemptLimit.FromOneAddress; i < AttemptLimit.AtOneStation; i++)
            Assert.Equal(TimeSpan.Zero, limit.Take(IPAddress.Parse($"198.51.100.{i}"), "CP1"));
        Assert.NotEqual(TimeSpan.Zero, limit.Take(IPAddress.Parse("198.51.100.1"), "CP1"));
        clock.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal(TimeSpan.Zero, limit.Take(IPAddress.Parse("2001:db8:1:2::1"), "CP1"));
        for (var i = 0; i < 100; i++)
        {
            Assert.Equal(TimeSpan.Zero, limit.Take(IPAddress.Parse("192.0.2.1"), $"CP{i}"));
            limit.WasRight(IPAddress.Parse("192.0.2.1"));
        }
    }

    [Fact]
    public void Watchers_OfOneStation_AreBoundedAndForgotten()
    {
        var watch = new DriverWatch();
        Assert.All(Enumerable.Range(0, 100), _ => Assert.True(watch.Enter("CP1")));
        Assert.False(watch.Enter("CP1"));
        Assert.True(watch.Enter("CP2"));
        watch.Leave("CP1");
        watch.Leave("CP1");
        Assert.True(watch.Enter("CP1"));
    }

    private static DriverView Look(Station station) => new(station, Tariff, Noon, null, null, TapOutcome.None);

    private static DriverView View(Session session) => new(Online, Tariff, Noon, Visit, session, TapOutcome.None);

    private static DriverView Refused(Station station, long? fault) => new(station, Tariff, Noon, Visit, null, new TapOutcome(true, false, fault));

    private static void Says(DriverView view, string english, string german)
    {
        Assert.Equal(english, DriverWords.Say(view, Words.For("en", null), new Format("en")).Headline);
        Assert.Equal(german, DriverWords.Say(view, Words.For("de", null), new Format("de")).Headline);
    }
}
