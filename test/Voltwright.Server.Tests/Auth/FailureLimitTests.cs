using Microsoft.Extensions.Time.Testing;
using Voltwright.Server.Auth;

namespace Voltwright.Server.Tests.Auth;

public sealed class FailureLimitTests
{
    private readonly FakeTimeProvider _clock = new();

    [Fact]
    public void Caller_WithFewFailures_NeedNotWait()
    {
        var limit = new FailureLimit(_clock);
        for (var i = 1; i < FailureLimit.Allowed; i++)
            limit.Note("a");

        Assert.Equal(TimeSpan.Zero, limit.WaitFor("a"));
    }

    [Fact]
    public void Caller_WithManyFailures_WaitsForTheWindow_AndOthersDoNot()
    {
        var limit = new FailureLimit(_clock);
        for (var i = 0; i < FailureLimit.Allowed; i++)
            limit.Note("a");
        _clock.Advance(FailureLimit.Window / 2);

        Assert.Equal(FailureLimit.Window / 2, limit.WaitFor("a"));
        Assert.Equal(TimeSpan.Zero, limit.WaitFor("b"));
    }

    [Fact]
    public void Caller_AfterTheWindow_BeginsAnew()
    {
        var limit = new FailureLimit(_clock);
        for (var i = 0; i < FailureLimit.Allowed; i++)
            limit.Note("a");
        _clock.Advance(FailureLimit.Window + TimeSpan.FromSeconds(1));

        Assert.Equal(TimeSpan.Zero, limit.WaitFor("a"));
        limit.Note("a");
        Assert.Equal(TimeSpan.Zero, limit.WaitFor("a"));
    }

    [Fact]
    public void Callers_WithoutNumber_AreForgotten()
    {
        var limit = new FailureLimit(_clock);
        for (var i = 0; i < FailureLimit.Allowed; i++)
            limit.Note("old");
        _clock.Advance(FailureLimit.Window * 2);
        for (var i = 0; i < 11_000; i++)
            limit.Note($"caller {i}");

        Assert.Equal(TimeSpan.Zero, limit.WaitFor("old"));
    }
}
