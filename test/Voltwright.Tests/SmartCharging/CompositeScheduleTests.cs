using Voltwright.SmartCharging;

namespace Voltwright.Tests.SmartCharging;

public sealed class CompositeScheduleTests
{
    private static readonly DateTimeOffset Noon = new(2026, 7, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Schedule_OfNoProfile_SaysNothing() =>
        Assert.Equal([new CompositePeriod(0, null, null)], Compute([]).Periods);

    [Fact]
    public void HigherLevel_WhileItSpeaks_CountsAlone() => Assert.Equal(
        [new CompositePeriod(0, 11_000, null), new CompositePeriod(600, 5000, null), new CompositePeriod(1200, 11_000, null)],
        Compute([
            Installed(1, ProfilePurpose.Default, 0, [new(0, 11_000)]),
            Installed(2, ProfilePurpose.Default, 5, [new(0, 5000)], start: Noon.AddMinutes(10), duration: 600),
        ]).Periods);

    [Fact]
    public void Session_OverTheDefault_AndUnderTheStationsLimit() => Assert.Equal(
        [new CompositePeriod(0, 8000, null), new CompositePeriod(1800, 7000, null)],
        Compute(
            [
                Installed(1, ProfilePurpose.Default, 9, [new(0, 3000)]),
                Installed(2, ProfilePurpose.Session, 0, [new(0, 20_000), new(1800, 7000)]),
                Installed(3, ProfilePurpose.StationMax, 0, [new(0, 8000)]),
            ],
            session: "s-1").Periods);

    [Fact]
    public void Relative_ToTheSession_StartsWithIt() => Assert.Equal(
        [new CompositePeriod(0, 6000, null), new CompositePeriod(300, 9000, null)],
        Compute([Installed(1, ProfilePurpose.Default, 0, [new(0, 6000), new(900, 9000)], kind: ProfileKind.Relative)], start: Noon.AddMinutes(-10)).Periods);

    [Fact]
    public void Daily_Schedule_ComesRoundEveryDay() => Assert.Equal(
        [new CompositePeriod(0, 2000, null), new CompositePeriod(3600, 9000, null), new CompositePeriod(12 * 3600, 2000, null)],
        Compute(
            [Installed(1, ProfilePurpose.Default, 0, [new(0, 2000), new(13 * 3600, 9000)], kind: ProfileKind.Daily, start: new DateTimeOffset(2026, 6, 1, 0, 0, 0, TimeSpan.Zero))],
            duration: TimeSpan.FromHours(14)).Periods.Select(p => p with { Phases = null }));

    [Fact]
    public void Validity_OfAProfile_BoundsIt() => Assert.Equal(
        [new CompositePeriod(0, null, null), new CompositePeriod(60, 4000, null), new CompositePeriod(120, null, null)],
        Compute([Installed(1, ProfilePurpose.Default, 0, [new(0, 4000)], from: Noon.AddSeconds(60), to: Noon.AddSeconds(120))]).Periods);

    [Theory]
    [InlineData(PowerUnit.A, 16, 3, PowerUnit.W, 11_040)]
    [InlineData(PowerUnit.A, 16, 1, PowerUnit.W, 3680)]
    [InlineData(PowerUnit.W, 11_040, null, PowerUnit.A, 16)]
    [InlineData(PowerUnit.W, 5000, 1, PowerUnit.A, 21.7)]
    public void Units_OfProfileAndQuestion_MayDiffer(PowerUnit has, double limit, int? phases, PowerUnit wanted, double expected)
    {
        var profile = Installed(1, ProfilePurpose.Default, 0, [new(0, (decimal)limit, phases)], unit: has);
        var composite = CompositeSchedule.Compute([profile], 1, null, null, Noon, TimeSpan.FromHours(1), wanted);
        Assert.Equal((decimal)expected, composite.Periods.Single().Limit);
    }

    [Fact]
    public void ProfileOfOneSlot_BeforeTheOneOfAll_AtTheSameLevel()
    {
        var all = Installed(1, ProfilePurpose.Default, 0, [new(0, 9000)]);
        var own = Installed(2, ProfilePurpose.Default, 0, [new(0, 4000)]) with { Slot = 1 };
        Assert.Equal(4000, Compute([all, own]).Periods[0].Limit);
        Assert.Equal(9000, CompositeSchedule.Compute([all, own], 2, null, null, Noon, TimeSpan.FromHours(1), PowerUnit.W).Periods[0].Limit);
    }

    [Fact]
    public void Profile_WithEveryMistake_NamesEach()
    {
        var wrong = new ChargingProfile
        {
            Id = 1, Purpose = ProfilePurpose.Session, StackLevel = -1, ValidFrom = Noon, ValidTo = Noon, Kind = ProfileKind.Daily,
            Schedule = new([new(5, -1), new(5, 1)], DurationSeconds: 0),
        };
        Assert.Equal(8, wrong.Problems().Count());
    }

    private static Composite Compute(
        IReadOnlyList<InstalledProfile> profiles, string? session = null, DateTimeOffset? start = null, TimeSpan? duration = null) =>
        CompositeSchedule.Compute(profiles, 1, session, start, Noon, duration ?? TimeSpan.FromHours(1), PowerUnit.W);

    private static InstalledProfile Installed(
        int id, ProfilePurpose purpose, int level, SchedulePeriod[] periods, ProfileKind kind = ProfileKind.Absolute, DateTimeOffset? start = null,
        int? duration = null, DateTimeOffset? from = null, DateTimeOffset? to = null, PowerUnit unit = PowerUnit.W) => new(
        null,
        new ChargingProfile
        {
            Id = id, Purpose = purpose, StackLevel = level, Kind = kind, ValidFrom = from, ValidTo = to,
            SessionId = purpose == ProfilePurpose.Session ? "s-1" : null,
            Schedule = new(periods, unit, start, duration),
        },
        "confirmed",
        Noon);
}
