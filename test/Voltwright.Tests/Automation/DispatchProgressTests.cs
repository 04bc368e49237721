using Voltwright.Automation;

namespace Voltwright.Tests.Automation;

public sealed class DispatchProgressTests
{
    [Fact]
    public void Safe_WithWorkUnderWay_StopsBeforeIt()
    {
        var progress = new DispatchProgress(10);
        progress.Begin(11);
        progress.Begin(11);
        progress.See(11);
        progress.Begin(12);
        progress.See(12);

        Assert.Equal(10, progress.Safe);
        progress.Finish(12);
        Assert.Equal(10, progress.Safe);
        progress.Finish(11);
        Assert.Equal(10, progress.Safe);
        progress.Finish(11);
        Assert.Equal(12, progress.Safe);
    }

    [Fact]
    public void Safe_OfEventsThatStartNothing_IsTheLastSeen()
    {
        var progress = new DispatchProgress(0);

        progress.See(7);

        Assert.Equal(7, progress.Safe);
    }
}
