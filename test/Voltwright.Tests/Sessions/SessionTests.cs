using Voltwright.Sessions;
using Voltwright.Stations;
using Voltwright.Tests.Stations;

namespace Voltwright.Tests.Sessions;

public sealed class SessionTests
{
    private static readonly DateTimeOffset Noon = Desk.Noon;

    public enum Step
    {
        AskStart,
        Begin,
        AskEnd,
        Stop,
        Expire,
        Take,
        Refuse,
    }

    [Theory]
    // status × step → next status, or null where it is refused
    [InlineData(SessionStatus.Leased, Step.AskStart, SessionStatus.Started)]
    [InlineData(SessionStatus.Leased, Step.Begin, SessionStatus.Charging)]
    [InlineData(SessionStatus.Leased, Step.AskEnd, SessionStatus.Ended)]
    [InlineData(SessionStatus.Leased, Step.Stop, SessionStatus.Leased)]
    [InlineData(SessionStatus.Leased, Step.Expire, SessionStatus.Expired)]
    [InlineData(SessionStatus.Leased, Step.Take, null)]
    [InlineData(SessionStatus.Leased, Step.Refuse, null)]
    [InlineData(SessionStatus.Started, Step.AskStart, SessionStatus.Started)]
    [InlineData(SessionStatus.Started, Step.Begin, SessionStatus.Charging)]
    [InlineData(SessionStatus.Started, Step.AskEnd, SessionStatus.Ended)]
    [InlineData(SessionStatus.Started, Step.Stop, SessionStatus.Started)]
    [InlineData(SessionStatus.Started, Step.Expire, SessionStatus.Expired)]
    [InlineData(SessionStatus.Started, Step.Take, null)]
    [InlineData(SessionStatus.Charging, Step.AskStart, SessionStatus.Charging)]
    [InlineData(SessionStatus.Charging, Step.Begin, SessionStatus.Charging)]
    [InlineData(SessionStatus.Charging, Step.AskEnd, SessionStatus.Charging)]
    [InlineData(SessionStatus.Charging, Step.Stop, SessionStatus.Ended)]
    [InlineData(SessionStatus.Charging, Step.Expire, SessionStatus.Charging)]
    [InlineData(SessionStatus.Charging, Step.Take, null)]
    [InlineData(SessionStatus.Ended, Step.AskStart, null)]
    [InlineData(SessionStatus.Ended, Step.Begin, SessionStatus.Ended)]
    [InlineData(SessionStatus.Ended, Step.AskEnd, SessionStatus.Ended)]
    [InlineData(SessionStatus.Ended, Step.Stop, SessionStatus.Ended)]
    [InlineData(SessionStatus.Ended, Step.Expire, SessionStatus.Ended)]
    [InlineData(SessionStatus.Ended, Step.Take, SessionStatus.Paid)]
    [InlineData(SessionStatus.Ended, Step.Refuse, SessionStatus.Unpaid)]
    [InlineData(SessionStatus.Unpaid, Step.AskStart, null)]
    [InlineData(SessionStatus.Unpaid, Step.AskEnd, SessionStatus.Unpaid)]
    [InlineData(SessionStatus.Unpaid, Step.Take, SessionStatus.Paid)]
    [InlineData(SessionStatus.Unpaid, Step.Refuse, SessionStatus.Unpaid)]
    [InlineData(SessionStatus.Paid, Step.AskStart, null)]
    [InlineData(SessionStatus.Paid, Step.AskEnd, SessionStatus.Paid)]
    [InlineData(SessionStatus.Paid, Step.Stop, SessionStatus.Paid)]
    [InlineData(SessionStatus.Paid, Step.Take, SessionStatus.Paid)]
    [InlineData(SessionStatus.Paid, Step.Refuse, SessionStatus.Paid)]
    [InlineData(SessionStatus.Expired, Step.AskStart, null)]
    [InlineData(SessionStatus.Expired, Step.AskEnd, null)]
    [InlineData(SessionStatus.Expired, Step.Stop, SessionStatus.Expired)]
    [InlineData(SessionStatus.Expired, Step.Expire, SessionStatus.Expired)]
    [InlineData(SessionStatus.Expired, Step.Take, null)]
    public void Session_InEveryStatus_TakesLegalStepsOnly(SessionStatus from, Step step, SessionStatus? to)
    {
        var before = In(from);
        var outcome = Apply(before, step);
        Assert.Equal(to, outcome.Value?.Status);
        if (to is null)
            Assert.Equal(RefusalKind.IllegalTransition, outcome.Refusal!.Kind);
        else if (to == from && step is not (Step.AskEnd or Step.Refuse))
            Assert.Same(before, outcome.Value);
    }

    [Fact]
    public void Session_WithAClockFromTheFuture_IsTimedByArrival()
    {
        var session = In(SessionStatus.Leased).BeginCharging(Started(Noon.AddDays(400)), 7, CardDecision.Accepted, Noon);
        Assert.Equal(Noon, session.StartedAt);
        Assert.Contains("clock", session.Notes[0]);
    }

    [Fact]
    public void Session_ThatEndsBeforeItBegan_LastsNoTime()
    {
        var ended = In(SessionStatus.Charging).Stop(Stopped(2000, Noon.AddHours(-1)), "station", Noon.AddHours(1));
        Assert.Equal(ended.StartedAt, ended.EndedAt);
        Assert.Equal(1000, ended.EnergyWh);
        Assert.NotEmpty(ended.Notes);
    }

    [Theory]
    [InlineData(CardDecision.Accepted, 1000, 120)]
    [InlineData(CardDecision.Blocked, 1000, 0)]
    [InlineData(CardDecision.ConcurrentSession, 1000, 0)]
    [InlineData(CardDecision.Blocked, 2000, 179)]
    public void Session_OfACardTurnedAway_CostsNothingUnlessItTookEnergy(CardDecision decision, long meterStopWh, long amount)
    {
        var session = In(SessionStatus.Leased).BeginCharging(Started(Noon), 7, decision, Noon);

        Assert.Equal(amount, session.Stop(Stopped(meterStopWh, Noon.AddSeconds(2)), "station", Noon.AddSeconds(2)).Price!.Amount);
    }

    [Fact]
    public void Session_WithTransactionData_CountsItBeforeTheLastReading()
    {
        var fact = Stopped(2500, Noon.AddHours(1)) with
        {
            Samples = [new(Noon.AddMinutes(30), 10_000_000, null), new(Noon.AddMinutes(10), 1500, 7000)],
        };
        var ended = In(SessionStatus.Charging).Stop(fact, "station", Noon.AddHours(1));
        Assert.Equal(1500, ended.EnergyWh);
        Assert.Single(ended.Notes);
    }

    [Fact]
    public void Session_WithEndlessOddities_KeepsTwentyNotes()
    {
        var session = In(SessionStatus.Charging);
        for (var i = 0; i < 100; i++)
            session = session.Metered([new(Noon.AddMinutes(i + 1), -1, null)]);
        Assert.Equal(20, session.Notes.Length);
    }

    [Fact]
    public void Session_WrittenAndRead_IsTheSame()
    {
        var session = In(SessionStatus.Paid);
        var read = DomainJson.Read(DomainJson.Write(session, DomainJson.Default.Session), DomainJson.Default.Session);
        Assert.Equal(DomainJson.Write(session, DomainJson.Default.Session), DomainJson.Write(read, DomainJson.Default.Session));
    }

    [Fact]
    public void Session_Written_HasTheShapeOfTheApi()
    {
        var json = Voltwright.Jq.JsonValue.Parse(DomainJson.Write(In(SessionStatus.Paid), DomainJson.Default.Session).AsSpan());
        Assert.Equal("paid", json["status"]);
        Assert.Equal(1000, json["meterStartWh"]);
        Assert.Equal(3000, json["meterStopWh"]);
        Assert.Equal(2000, json["energyWh"]);
        Assert.Equal("energy", json["price"]["lines"][0]["kind"]);
        Assert.Equal("taken", json["payment"]["status"]);
    }

    private static Outcome<Session> Apply(Session session, Step step) => step switch
    {
        Step.AskStart => session.AskStart(Noon),
        Step.Begin => session.BeginCharging(Started(Noon), 7, CardDecision.Accepted, Noon),
        Step.AskEnd => session.AskEnd("request", Noon),
        Step.Stop => session.Stop(Stopped(3000, Noon.AddHours(1)), "station", Noon.AddHours(1)),
        Step.Expire => session.Expire(Noon),
        Step.Take => session.Settle(new("p", "taken", 1, "EUR"), taken: true),
        _ => session.Settle(new("p", "refused", 1, "EUR"), taken: false),
    };

    private static Session In(SessionStatus status)
    {
        var leased = Session.Lease("s", "CP1", 1, "A", Desk.Tariff, Noon.AddMinutes(-1), Noon.AddMinutes(4));
        return status switch
        {
            SessionStatus.Leased => leased,
            SessionStatus.Started => Apply(leased, Step.AskStart).Value!,
            SessionStatus.Charging => Apply(leased, Step.Begin).Value!,
            SessionStatus.Expired => Apply(leased, Step.Expire).Value!,
            SessionStatus.Ended => Apply(In(SessionStatus.Charging), Step.Stop).Value!,
            SessionStatus.Paid => Apply(In(SessionStatus.Ended), Step.Take).Value!,
            _ => Apply(In(SessionStatus.Ended), Step.Refuse).Value!,
        };
    }

    private static ChargingStartedFact Started(DateTimeOffset at) => new(1, "A", 1000, at);

    private static ChargingStoppedFact Stopped(long meterWh, DateTimeOffset at) => new("7", null, null, meterWh, at, null, null);
}
