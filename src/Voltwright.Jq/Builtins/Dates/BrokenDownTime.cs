namespace Voltwright.Jq.Builtins.Dates;

/// <summary>
/// Date and time in parts, as jq's arrays hold them: months and days of the year from 0, Sunday 0, seconds with their fraction.
/// Proleptic Gregorian calendar, any year.
/// </summary>
internal readonly record struct BrokenDownTime(long Year, int Month, int Day, int Hour, int Minute, double Second, int DayOfWeek, int DayOfYear)
{
    private const long SecondsOfDay = 86_400;
    private const long DaysOfEra = 146_097;

    /// <summary>Days from 1 March of year 0, where eras of 400 years begin, to 1 January 1970.</summary>
    private const long EpochDays = 719_468;

    public static BrokenDownTime FromUnix(double seconds)
    {
        var whole = Math.Truncate(seconds);
        var days = (long)Math.Floor(whole / SecondsOfDay);
        var rest = (int)(whole - (days * (double)SecondsOfDay));
        var (year, month, day) = Civil(days);
        // Of a time before 1970 the whole part is cut but the fraction counts up, as in jq.
        var fraction = seconds - Math.Floor(seconds);
        return new(year, month, day, rest / 3600, rest / 60 % 60, (rest % 60) + fraction, (int)Modulo(days + 4, 7), (int)(days - Days(year, 0, 1)));
    }

    /// <summary>Seconds since 1970 of parts that may be out of range, as C's <c>timegm</c> counts them.</summary>
    public static double ToUnix(long year, long month, long day, long hour, long minute, long second) =>
        ((double)Days(year + FloorDivide(month, 12), (int)Modulo(month, 12), 1) + day - 1) * SecondsOfDay + (hour * 3600.0) + (minute * 60.0) + second;

    public JsonArray ToArray() => JsonArray.Of((double)Year, Month, Day, Hour, Minute, Second, DayOfWeek, DayOfYear);

    /// <summary>Week of the year, weeks beginning on the given day, days before the first one in week 0.</summary>
    public int Week(int firstDay) => (DayOfYear + 7 - (int)Modulo(DayOfWeek - firstDay, 7)) / 7;

    /// <summary>ISO 8601 week and the year it belongs to.</summary>
    public (long Year, int Week) IsoWeek()
    {
        var week = (DayOfYear - (int)Modulo(DayOfWeek - 1, 7) + 10) / 7;
        if (week < 1)
            return (Year - 1, WeeksOf(Year - 1));
        return week > WeeksOf(Year) ? (Year + 1, 1) : (Year, week);
    }

    /// <summary>Days since 1970.</summary>
    public static long Days(long year, int month, int day)
    {
        var y = month < 2 ? year - 1 : year;
        var era = FloorDivide(y, 400);
        var yearOfEra = y - (era * 400);
        var dayOfYear = (((153 * ((month + 10) % 12)) + 2) / 5) + day - 1;
        return (era * DaysOfEra) + (yearOfEra * 365) + (yearOfEra / 4) - (yearOfEra / 100) + dayOfYear - EpochDays;
    }

    private static int WeeksOf(long year)
    {
        var first = (int)Modulo(Days(year, 0, 1) + 4, 7);
        return first == 4 || (first == 3 && Days(year + 1, 0, 1) - Days(year, 0, 1) == 366) ? 53 : 52;
    }

    private static (long Year, int Month, int Day) Civil(long days)
    {
        days += EpochDays;
        var era = FloorDivide(days, DaysOfEra);
        var dayOfEra = days - (era * DaysOfEra);
        var yearOfEra = (dayOfEra - (dayOfEra / 1460) + (dayOfEra / 36_524) - (dayOfEra / 146_096)) / 365;
        var dayOfYear = dayOfEra - ((365 * yearOfEra) + (yearOfEra / 4) - (yearOfEra / 100));
        var month = ((5 * dayOfYear) + 2) / 153;
        return (yearOfEra + (era * 400) + (month >= 10 ? 1 : 0), (int)((month + 2) % 12), (int)(dayOfYear - (((153 * month) + 2) / 5) + 1));
    }

    private static long FloorDivide(long a, long b) => (a / b) - (a % b < 0 ? 1 : 0);

    private static long Modulo(long a, long b) => ((a % b) + b) % b;
}
