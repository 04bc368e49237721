using Microsoft.Extensions.Time.Testing;
using Voltwright.Gateway;

namespace Voltwright.Tests.Gateway;

public sealed class AuthenticationThrottleTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void Guessing_TenTimes_IsPausedForAMinute()
    {
        var throttle = Guessed(10);

        Assert.True(throttle.IsPaused("CP1", "10.0.0.1"));
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.False(throttle.IsPaused("CP1", "10.0.0.1"));
    }

    [Fact]
    public void Guessing_NineTimes_IsNotPaused() => Assert.False(Guessed(9).IsPaused("CP1", "10.0.0.1"));

    [Fact]
    public void Guessing_FromOneAddress_PausesNeitherAnotherAddressNorAnotherStation()
    {
        var throttle = Guessed(10);

        Assert.False(throttle.IsPaused("CP1", "10.0.0.2"));
        Assert.False(throttle.IsPaused("CP2", "10.0.0.1"));
    }

    [Fact]
    public void Success_AfterSomeFailures_StartsTheCountAnew()
    {
        var throttle = Guessed(9);

        throttle.Succeeded("CP1", "10.0.0.1");
        throttle.Failed("CP1", "10.0.0.1");

        Assert.False(throttle.IsPaused("CP1", "10.0.0.1"));
    }

    [Fact]
    public void Guessing_FromEverNewAddresses_StaysWithinItsMemory()
    {
        var throttle = new AuthenticationThrottle(_time);
        for (var i = 0; i < 25_000; i++)
            throttle.Failed("CP1", $"address {i}");

        Assert.False(throttle.IsPaused("CP1", "address 24999"));
    }

    private AuthenticationThrottle Guessed(int times)
    {
        var throttle = new AuthenticationThrottle(_time);
        for (var i = 0; i < times; i++)
            throttle.Failed("CP1", "10.0.0.1");
        return throttle;
    }
}
