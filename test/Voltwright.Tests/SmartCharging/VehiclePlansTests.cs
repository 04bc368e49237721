using Voltwright.Gateway;
using Voltwright.SmartCharging;
using Voltwright.Stations;
using Voltwright.Tests.Stations;

namespace Voltwright.Tests.SmartCharging;

[Collection(DomainCollection.Name)]
public sealed class VehiclePlansTests(DomainHost host)
{
    private VehiclePlans Plans => host.Get<VehiclePlans>();

    [Fact]
    public async Task Vehicle_IsOfferedWhatItTakesWithinTheDefault_AndHeldToIt()
    {
        var station = await host.StationAsync();
        var needs = new VehicleNeeds(32, PowerUnit.A, 3, MostPeriods: 1);
        Assert.False(await Plans.OfferAsync(station.StationId, 1, needs, CancellationToken.None));

        await station.Grain.ChargingStarted(new ChargingStartedFact(1, await host.CardAsync(), 0, TimeProvider.System.GetUtcNow(), "T-1"));
        await host.Get<ChargingProfiles>().PutAsync(station.StationId, 1, new ChargingProfile
        {
            Id = 1,
            Purpose = ProfilePurpose.Default,
            Schedule = new ChargingSchedule([new(0, 20), new(3600, 10)], PowerUnit.A),
        }, CancellationToken.None);

        var offered = NextProfile(station);
        Assert.True(await Plans.OfferAsync(station.StationId, 1, needs, CancellationToken.None));
        var offer = await offered;
        Assert.Equal((ProfilePurpose.Session, "T-1"), (offer.Profile.Purpose, offer.TransactionId));
        // It keeps one period only: the least of both limits.
        Assert.Equal([new SchedulePeriod(0, 10, 3)], offer.Profile.Schedule.Periods);

        var toldAgain = NextProfile(station);
        Assert.True(await Plans.JudgeAsync(station.StationId, 1, Intended(10), CancellationToken.None));
        Assert.False(toldAgain.IsCompleted);
        Assert.False(await Plans.JudgeAsync(station.StationId, 1, Intended(11), CancellationToken.None));
        Assert.Equal(offer.Profile.Id, (await toldAgain).Profile.Id);
    }

    [Fact]
    public async Task Vehicle_HeldToItsLimitsBeforeTheStationAnswered_IsToldAgain()
    {
        var station = await host.StationAsync();
        await station.Grain.ChargingStarted(new ChargingStartedFact(1, await host.CardAsync(), 0, TimeProvider.System.GetUtcNow(), "T-1"));
        var answer = new TaskCompletionSource<CommandOutcome>(TaskCreationOptions.RunContinuationsAsynchronously);
        var offered = NextProfile(station, answer.Task);
        Assert.True(await Plans.OfferAsync(station.StationId, 1, new VehicleNeeds(16, PowerUnit.A, 3), CancellationToken.None));
        var offer = await offered;

        Assert.False(await Plans.JudgeAsync(station.StationId, 1, Intended(17), CancellationToken.None));
        var toldAgain = NextProfile(station);
        answer.SetResult(FakeStation.Done);

        Assert.Equal(offer.Profile.Id, (await toldAgain).Profile.Id);
    }

    private static ChargingSchedule Intended(decimal limit) => new([new(0, limit)], PowerUnit.A, TimeProvider.System.GetUtcNow());

    private static Task<StationCommand.SetProfile> NextProfile(FakeStation station, Task<CommandOutcome>? answer = null)
    {
        var sent = new TaskCompletionSource<StationCommand.SetProfile>(TaskCreationOptions.RunContinuationsAsynchronously);
        station.React = (command, _) =>
        {
            if (command is StationCommand.SetProfile profile)
                sent.TrySetResult(profile);
            return answer ?? Task.FromResult(FakeStation.Done);
        };
        return sent.Task.WaitAsync(TimeSpan.FromSeconds(20), TimeProvider.System);
    }
}
