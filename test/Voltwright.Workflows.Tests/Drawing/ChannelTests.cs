using Voltwright.Workflows.Drawing;
using Xunit;

namespace Voltwright.Workflows.Tests.Drawing;

public sealed class ChannelTests
{
    [Fact]
    public void Route_OfWaysStraightDown_NeedsNoTrack()
    {
        var straight = Turn(1, 2, 50, 50);

        Assert.Equal(30, Channel.Route([straight]));
        Assert.Equal(0, straight.Y);
    }

    [Fact]
    public void Route_OfWaysFromOneNode_SharesALine()
    {
        var (left, right) = (Turn(1, 2, 50, 10), Turn(1, 3, 50, 90));
        Channel.Route([left, right]);

        Assert.Equal(left.Y, right.Y);
    }

    [Fact]
    public void Route_OfWaysToOneNode_SharesALine()
    {
        var (left, right) = (Turn(1, 3, 10, 50), Turn(2, 3, 90, 50));
        Channel.Route([left, right]);

        Assert.Equal(left.Y, right.Y);
    }

    [Fact]
    public void Route_OfWaysSideBySideToTheLeft_TurnsTheLeftmostFirst()
    {
        var (outer, inner) = (Turn(1, 3, 100, 10), Turn(2, 4, 200, 60));
        Channel.Route([inner, outer]);

        Assert.True(outer.Y < inner.Y);
    }

    [Fact]
    public void Route_OfAWayThatLeavesWhereAnotherArrives_TurnsItFirst()
    {
        var (arriving, leaving) = (Turn(1, 3, 200, 100), Turn(2, 4, 100, 300));
        var height = Channel.Route([arriving, leaving]);

        Assert.True(leaving.Y < arriving.Y);
        Assert.True(arriving.Y < height);
    }

    [Fact]
    public void Route_OfWaysThatDoNotMeet_KeepsTheChannelLow() =>
        Assert.Equal(Channel.Route([Turn(1, 2, 0, 40)]), Channel.Route([Turn(1, 2, 0, 40), Turn(3, 4, 100, 140)]));

    private static Channel.Turn Turn(int from, int to, double fromX, double toX) => new(new FlowEdge(from, to, default), fromX, toX);
}
