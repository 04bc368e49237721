using Voltwright.Gateway;
using Voltwright.Jq;

namespace Voltwright.Tests.Gateway;

public sealed class CommandLaneTests
{
    [Fact]
    public async Task Commands_SentTogether_GoOneAfterAnother()
    {
        using var lane = new CommandLane(8);
        var first = new TaskCompletionSource<CommandOutcome>();
        var secondRan = false;

        var one = lane.RunAsync(() => first.Task, CancellationToken.None);
        var two = lane.RunAsync(
            () =>
            {
                secondRan = true;
                return Task.FromResult(Done());
            },
            CancellationToken.None);

        Assert.False(secondRan);
        first.SetResult(Done());
        await Task.WhenAll(one, two);
        Assert.True(secondRan);
    }

    [Fact]
    public async Task Commands_BeyondTheBound_AreRejectedAtOnce()
    {
        using var lane = new CommandLane(1);
        var first = new TaskCompletionSource<CommandOutcome>();
        var one = lane.RunAsync(() => first.Task, CancellationToken.None);

        var two = await lane.RunAsync(() => Task.FromResult(Done()), CancellationToken.None);

        Assert.IsType<CommandOutcome.Rejected>(two);
        first.SetResult(Done());
        Assert.IsType<CommandOutcome.Accepted>(await one);
    }

    private static CommandOutcome Done() => new CommandOutcome.Accepted(JsonValue.Null);
}
