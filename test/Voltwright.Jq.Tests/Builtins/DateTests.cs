namespace Voltwright.Jq.Tests.Builtins;

public sealed class DateTests
{
    [Fact]
    public void Days_OverTwoThousandYears_AgreeWithTheFramework()
    {
        var program = JqProgram.Compile("""[gmtime, strftime("%Y-%m-%d %H:%M:%S %w %j %G-%V"), (gmtime | mktime)]""");
        var day = DateTimeOffset.FromUnixTimeSeconds(-50_000_000_000);
        for (var i = 0; i < 2000; i++, day = day.AddDays(37).AddSeconds(12_345))
        {
            var seconds = day.ToUnixTimeSeconds();
            var answer = program.First(seconds).Value;
            Assert.Equal(seconds, answer[2].AsDouble());
            Assert.Equal([day.Year, day.Month - 1, day.Day, day.Hour, day.Minute, day.Second, (int)day.DayOfWeek, day.DayOfYear - 1],
                answer[0].AsArray().Select(v => (int)v.AsDouble()));
            var week = System.Globalization.ISOWeek.GetWeekOfYear(day.DateTime);
            var year = System.Globalization.ISOWeek.GetYear(day.DateTime);
            var expected = FormattableString.Invariant(
                $"{day.Year}-{day:MM-dd HH:mm:ss} {(int)day.DayOfWeek} {day.DayOfYear:000} {year}-{week:00}");
            Assert.Equal(expected, answer[1].AsString());
        }
    }

    [Fact]
    public void LocalTime_InAZoneOfTheHost_FollowsItsSummerTime()
    {
        var zone = TimeZoneInfo.CreateCustomTimeZone("Test", TimeSpan.FromHours(2), "Test", "TST");
        var budget = JqBudget.Default with { Time = new ZoneClock(zone) };
        var value = JqProgram.Compile("""[(localtime | .[3]), strflocaltime("%H:%M %z %Z"), (gmtime | strflocaltime("%H"))]""").First(0, default, budget).Value;
        Assert.Equal("""[2,"02:00 +0200 TST","00"]""", value.ToString());
    }

    [Theory]
    [InlineData("2026-11-22T10:20:30Z", "%Y-%m-%dT%H:%M:%SZ", 1795342830)]
    [InlineData("22.11.26 1:05 PM", "%d.%m.%y %I:%M %p", 1795352700)]
    [InlineData("Nov 22 2026", "%b %d %Y", 1795305600)]
    [InlineData("Sunday November 22 2026 23", "%A %B %e %Y %H", 1795388400)]
    [InlineData("2026 326", "%Y %j", 1795305600)]
    [InlineData("20 26 01 02", "%C %y %m %d", 1767312000)]
    public void Text_ReadByALayout_IsItsMoment(string text, string layout, double seconds)
    {
        var program = JqProgram.Compile("strptime($layout) | mktime", new JqOptions { Variables = ["layout"] });
        var outcome = program.First(text, [layout]);
        Assert.True(outcome.IsValue, outcome.Message);
        Assert.Equal(seconds, outcome.Value.AsDouble());
    }

    [Theory]
    [InlineData("2026-13-01", "%Y-%m-%d")]
    [InlineData("2026-11", "%Y-%m-%d")]
    [InlineData("x", "%Y")]
    [InlineData("2026z", "%Y")]
    [InlineData("25", "%H")]
    [InlineData("Foo", "%b")]
    [InlineData("1", "%q")]
    [InlineData("+1", "%z")]
    public void Text_ThatDoesNotFit_IsRefused(string text, string layout)
    {
        var program = JqProgram.Compile("strptime($layout)", new JqOptions { Variables = ["layout"] });
        Assert.Equal($"date \"{text}\" does not match format \"{layout}\"", program.First(text, [layout]).Message);
    }

    private sealed class ZoneClock(TimeZoneInfo zone) : TimeProvider
    {
        public override TimeZoneInfo LocalTimeZone => zone;
    }
}
