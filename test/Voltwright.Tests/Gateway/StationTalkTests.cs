using System.Text;
using Voltwright.Gateway;

namespace Voltwright.Tests.Gateway;

public sealed class StationTalkTests
{
    private readonly StationTalk _talk = new(TimeProvider.System);

    [Fact]
    public void Messages_OfAStation_AreItsOwnNewestFirst()
    {
        _talk.Note("A", sent: false, "one"u8);
        _talk.Note("B", sent: true, "other"u8);
        _talk.Note("A", sent: true, "two"u8);
        Assert.Equal(["two", "one"], Texts("A", 10));
        Assert.Equal(["two"], Texts("A", 1));
        Assert.Equal([true, false], _talk.Of("A", 10).Select(m => m.Sent));
    }

    [Fact]
    public void Message_LongerThanKept_IsCutAndSaysItsLength()
    {
        _talk.Note("A", sent: false, new byte[StationTalk.LongestKept + 7]);
        var message = Assert.Single(_talk.Of("A", 10));
        Assert.Equal((StationTalk.LongestKept, StationTalk.LongestKept + 7), (message.Text.Length, message.Bytes));
    }

    [Fact]
    public void Messages_BeyondTheBound_ForgetTheOldest()
    {
        _talk.Note("A", sent: false, "first"u8);
        for (var i = 0; i < 20_000; i++)
            _talk.Note("B", sent: false, "x"u8);
        Assert.Empty(_talk.Of("A", 10));
        Assert.Equal(10, _talk.Of("B", 10).Count);
    }

    [Fact]
    public void Messages_OfManyBytes_ForgetTheOldest()
    {
        var large = new byte[StationTalk.LongestKept];
        for (var i = 0; i < 5_000; i++)
            _talk.Note("B", sent: false, large);
        Assert.Equal(16 * 1024 * 1024 / StationTalk.LongestKept, _talk.Of("B", 10_000).Count);
    }

    private IEnumerable<string> Texts(string station, int limit) => _talk.Of(station, limit).Select(m => Encoding.UTF8.GetString(m.Text.Span));
}
