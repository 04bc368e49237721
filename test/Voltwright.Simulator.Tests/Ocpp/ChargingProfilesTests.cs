using Voltwright.Ocpp.V16;
using Voltwright.Ocpp.V16.Types;
using Voltwright.Simulator.Ocpp;

namespace Voltwright.Simulator.Tests.Ocpp;

public class ChargingProfilesTests
{
    static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    readonly ChargingProfiles _profiles = new();

    [Fact]
    public void Limit_WithoutProfiles_IsNone() => Assert.Equal(int.MaxValue, _profiles.LimitW(1, Noon, Noon));

    [Fact]
    public void Limit_OfOnePurpose_IsThatOfTheHighestStackLevel()
    {
        _profiles.Set(1, Profile(1, 5_000, stackLevel: 0));
        _profiles.Set(1, Profile(2, 9_000, stackLevel: 1));

        Assert.Equal(9_000, _profiles.LimitW(1, Noon, Noon));
    }

    [Fact]
    public void Limit_OfSeveralPurposes_IsTheLowest()
    {
        _profiles.Set(0, Profile(1, 7_000, purpose: ChargingProfilePurposeType.ChargePointMaxProfile));
        _profiles.Set(1, Profile(2, 9_000));

        Assert.Equal(7_000, _profiles.LimitW(1, Noon, Noon));
    }

    [Fact]
    public void Limit_OfATransaction_OverrulesTheDefault()
    {
        _profiles.Set(1, Profile(1, 3_000));
        _profiles.Set(1, Profile(2, 9_000, purpose: ChargingProfilePurposeType.TxProfile));

        Assert.Equal(9_000, _profiles.LimitW(1, Noon, Noon));
    }

    [Fact]
    public void Limit_OfAnotherConnector_DoesNotCount()
    {
        _profiles.Set(2, Profile(1, 3_000));

        Assert.Equal(int.MaxValue, _profiles.LimitW(1, Noon, Noon));
    }

    [Fact]
    public void Limit_OutsideItsValidity_DoesNotCount()
    {
        _profiles.Set(1, Profile(1, 3_000) with { ValidFrom = Noon, ValidTo = Noon.AddHours(1) });

        Assert.Equal(int.MaxValue, _profiles.LimitW(1, Noon.AddSeconds(-1), Noon.AddDays(-1)));
        Assert.Equal(3_000, _profiles.LimitW(1, Noon.AddMinutes(30), Noon));
        Assert.Equal(int.MaxValue, _profiles.LimitW(1, Noon.AddMinutes(61), Noon));
    }

    [Fact]
    public void Limit_OverTime_FollowsItsPeriodsAndEndsWithItsDuration()
    {
        var profile = Profile(1, 0);
        _profiles.Set(1, profile with
        {
            ChargingSchedule = profile.ChargingSchedule with
            {
                Duration = 3600,
                ChargingSchedulePeriod = [Period(0, 4_000), Period(600, 8_000)],
            },
        });

        Assert.Equal(4_000, _profiles.LimitW(1, Noon.AddSeconds(599), Noon));
        Assert.Equal(8_000, _profiles.LimitW(1, Noon.AddSeconds(600), Noon));
        Assert.Equal(int.MaxValue, _profiles.LimitW(1, Noon.AddSeconds(3601), Noon));
    }

    [Fact]
    public void Limit_ThatRecursDaily_StartsAnewEachDay()
    {
        var profile = Profile(1, 0);
        _profiles.Set(1, profile with
        {
            ChargingProfileKind = ChargingProfileKindType.Recurring,
            RecurrencyKind = RecurrencyKindType.Daily,
            ChargingSchedule = profile.ChargingSchedule with
            {
                StartSchedule = Noon.AddDays(-3),
                ChargingSchedulePeriod = [Period(0, 2_000), Period(3600, 6_000)],
            },
        });

        Assert.Equal(2_000, _profiles.LimitW(1, Noon.AddMinutes(10), Noon));
        Assert.Equal(6_000, _profiles.LimitW(1, Noon.AddHours(2), Noon));
    }

    [Theory]
    [InlineData(null, 11_040)]
    [InlineData(1, 3_680)]
    public void Limit_InAmperes_CountsItsPhases(int? phases, int watts)
    {
        var profile = Profile(1, 0);
        _profiles.Set(1, profile with
        {
            ChargingSchedule = profile.ChargingSchedule with
            {
                ChargingRateUnit = ChargingRateUnitType.A,
                ChargingSchedulePeriod = [Period(0, 16) with { NumberPhases = phases }],
            },
        });

        Assert.Equal(watts, _profiles.LimitW(1, Noon, Noon));
    }

    [Fact]
    public void Profile_OfTheSameIdOrPlace_IsReplaced()
    {
        _profiles.Set(1, Profile(1, 3_000));
        _profiles.Set(1, Profile(1, 4_000, stackLevel: 5));
        Assert.Equal(4_000, _profiles.LimitW(1, Noon, Noon));

        _profiles.Set(1, Profile(9, 5_000, stackLevel: 5));
        Assert.Equal(5_000, _profiles.LimitW(1, Noon, Noon));
    }

    [Fact]
    public void Clear_ByCriteria_RemovesWhatMatchesAll()
    {
        _profiles.Set(1, Profile(1, 3_000, stackLevel: 1));
        _profiles.Set(2, Profile(2, 3_000, stackLevel: 1));

        Assert.False(_profiles.Clear(new ClearChargingProfileRequest { ConnectorId = 1, StackLevel = 2 }));
        Assert.True(_profiles.Clear(new ClearChargingProfileRequest { ConnectorId = 1, StackLevel = 1 }));
        Assert.Equal(int.MaxValue, _profiles.LimitW(1, Noon, Noon));
        Assert.Equal(3_000, _profiles.LimitW(2, Noon, Noon));
        Assert.True(_profiles.Clear(new ClearChargingProfileRequest()));
    }

    static ChargingProfile Profile(
        int id, decimal limit, int stackLevel = 0, ChargingProfilePurposeType purpose = ChargingProfilePurposeType.TxDefaultProfile) => new(
            )
    {
        ChargingProfileId = id,
        StackLevel = stackLevel,
        ChargingProfilePurpose = purpose,
        ChargingProfileKind = ChargingProfileKindType.Relative,
        ChargingSchedule = new ChargingSchedule
        {
            ChargingRateUnit = ChargingRateUnitType.W,
            ChargingSchedulePeriod = [Period(0, limit)],
        },
    };

    static ChargingSchedulePeriod Period(int start, decimal limit) => new() { StartPeriod = start, Limit = limit };
}
