using Voltwright.Ocpp.Payloads;

namespace Voltwright.Ocpp.Tests.Payloads;

public class OcppTimeTests
{
    [Theory]
    [InlineData("2013-02-01T20:53:32Z", "2013-02-01T20:53:32.000Z", true)]
    [InlineData("2013-02-01T20:53:32.486Z", "2013-02-01T20:53:32.486Z", true)]
    [InlineData("2013-02-01T20:53:32.486123456Z", "2013-02-01T20:53:32.486Z", true)]
    [InlineData("2013-02-01T20:53:32.5+02:00", "2013-02-01T18:53:32.500Z", true)]
    [InlineData("2013-02-01T20:53:32-05:30", "2013-02-02T02:23:32.000Z", true)]
    [InlineData("2013-02-01T20:53:32", "2013-02-01T20:53:32.000Z", false)]
    public void Time_InRfc3339_IsReadIntoUtc(string text, string utc, bool zoned)
    {
        Assert.True(OcppTime.TryRead(text, out var time, out var hasZone));
        Assert.Equal((utc, zoned), (OcppTime.Write(time), hasZone));
    }

    [Theory]
    [InlineData("")]
    [InlineData("now")]
    [InlineData("2013-02-01")]
    [InlineData("2013-02-30T20:53:32Z")]
    [InlineData("2013-02-01T25:00:00Z")]
    [InlineData("2013-02-01 20:53:32Z")]
    [InlineData("0001-01-01T00:00:00+14:00")]
    [InlineData("20530-02-01T20:53:32Z")]
    [InlineData("1359752012")]
    public void Time_InAnotherForm_IsRefused(string text) => Assert.False(OcppTime.TryRead(text, out _, out _));
}
