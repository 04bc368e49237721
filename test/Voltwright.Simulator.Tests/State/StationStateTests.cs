using Microsoft.Extensions.Time.Testing;
using Voltwright.Simulator.State;

namespace Voltwright.Simulator.Tests.State;

public class StationStateTests
{
    readonly FakeTimeProvider _time = new();
    readonly StationState _state;

    public StationStateTests() => _state = new StationState("CP1", 2, new SimulationClock(_time));

    [Fact]
    public async Task Wait_ArmedBeforeTheChange_SeesIt()
    {
        var waiting = _state.WaitForChangeAsync("green", change => change.State is LedState { Color: "green" }, TimeSpan.FromSeconds(5));

        _state.SetLed("main", new LedState("on", "red"));
        _time.Advance(TimeSpan.FromSeconds(1));
        _state.SetLed("main", new LedState("on", "green"));

        Assert.Equal("led main", (await waiting).Subject);
    }

    [Fact]
    public async Task Wait_ForAChangeThatWasBefore_DoesNotSeeIt()
    {
        _state.SetLed("main", new LedState("on", "green"));

        var waiting = _state.WaitForChangeAsync("green", change => change.State is LedState { Color: "green" }, TimeSpan.FromSeconds(5));
        _time.Advance(TimeSpan.FromSeconds(6));

        await Assert.ThrowsAsync<TimeoutException>(() => waiting);
    }

    [Fact]
    public async Task Wait_ThatTimesOut_SaysWhatWasExpectedAndSeen()
    {
        var waiting = _state.WaitForSlotAsync(1, "Charging", slot => slot.Status == SlotStatus.Charging, TimeSpan.FromSeconds(5));
        _state.SetLed("1", new LedState("on", "red"));
        _time.Advance(TimeSpan.FromSeconds(6));

        var message = (await Assert.ThrowsAsync<TimeoutException>(() => waiting)).Message;

        Assert.StartsWith("CP1: expected slot 1 Charging within 5 s; seen: led 1 LedState { Action = on, Color = red", message);
        Assert.EndsWith("now: slot 1 Available, slot 2 Available, disconnected", message);
    }

    [Fact]
    public void Slot_UnknownToTheStation_IsNamed() =>
        Assert.Contains("CP1 has slots 1 to 2", Assert.Throws<ArgumentOutOfRangeException>(() => _state.Slot(3)).Message);

    [Fact]
    public void History_OfManyChanges_IsBounded()
    {
        for (var change = 0; change < 2000; change++) _state.SetLed("main", new LedState("on", $"{change}"));

        Assert.Equal(1000, _state.History.Count);
        Assert.Equal(new LedState("on", "1999"), _state.History[^1].State);
    }

    [Fact]
    public void Clock_SpedUp_RunsAhead()
    {
        var clock = new SimulationClock(_time, speed: 60);
        var start = clock.Now;

        _time.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal(TimeSpan.FromMinutes(2), clock.Now - start);
    }
}
