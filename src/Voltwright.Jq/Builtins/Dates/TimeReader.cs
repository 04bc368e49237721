namespace Voltwright.Jq.Builtins.Dates;

/// <summary>Reads a time by a <c>strptime</c> layout, as the GNU C library does: zones are read and dropped.</summary>
internal sealed class TimeReader(string text)
{
    /// <summary>What jq says where the layout tells no date.</summary>
    private const int UnknownDayOfWeek = 8;
    private const int UnknownDayOfYear = 367;

    private int _at;
    private long _year = 1900;
    private int _month;
    private int _day;
    private int _hour;
    private int _minute;
    private int _second;
    private int? _dayOfYear;
    private int? _dayOfWeek;
    private int? _century;
    private bool? _afternoon;
    private bool _hasDate;
    private double? _unix;

    public bool AtEnd => _at >= text.Length;

    public string Rest => text[_at..];

    public bool Read(string layout)
    {
        for (var i = 0; i < layout.Length; i++)
        {
            if (char.IsWhiteSpace(layout[i]))
            {
                SkipBlanks();
                continue;
            }

            if (layout[i] != '%' || i + 1 == layout.Length)
            {
                if (AtEnd || text[_at++] != layout[i])
                    return false;
                continue;
            }

            i++;
            while (i + 1 < layout.Length && layout[i] is '-' or '_' or '0' or '^' or '#' or 'E' or 'O')
                i++;
            if (!Field(layout[i]))
                return false;
        }

        return true;
    }

    public BrokenDownTime Result()
    {
        if (_unix is { } unix)
            return BrokenDownTime.FromUnix(unix);
        var hour = _afternoon is { } afternoon ? (_hour % 12) + (afternoon ? 12 : 0) : _hour;
        var (month, day) = (_month, _day);
        if (_dayOfYear is { } given && !_hasDate)
        {
            var date = BrokenDownTime.FromUnix(BrokenDownTime.ToUnix(_year, 0, given + 1, 0, 0, 0));
            (month, day) = (date.Month, date.Day);
        }

        if (day == 0)
            return new(_year, month, day, hour, _minute, _second, _dayOfWeek ?? UnknownDayOfWeek, _dayOfYear ?? UnknownDayOfYear);
        var days = BrokenDownTime.Days(_year, month, day);
        var weekday = (int)((((days + 4) % 7) + 7) % 7);
        return new(_year, month, day, hour, _minute, _second, weekday, (int)(days - BrokenDownTime.Days(_year, 0, 1)));
    }

    private bool Field(char letter)
    {
        switch (letter)
        {
            case 'Y': return Number(4, -9999, 9999, out _year, signed: true);
            case 'C': return Number(2, 0, 99, out var century) && SetCentury((int)century);
            case 'y': return Number(2, 0, 99, out var short2) && SetShortYear((int)short2);
            case 'm': return Number(2, 1, 12, out var month) && Set(ref _month, (int)month - 1, isDate: true);
            case 'B' or 'b' or 'h': return Name(TimeWriter.Months, out var named) && Set(ref _month, named, isDate: true);
            case 'd' or 'e': return Number(2, 1, 31, out var day) && Set(ref _day, (int)day, isDate: true);
            case 'j': return Number(3, 1, 366, out var ofYear) && (_dayOfYear = (int)ofYear - 1) >= 0;
            case 'A' or 'a': return Name(TimeWriter.Days, out var weekday) && (_dayOfWeek = weekday) >= 0;
            case 'u': return Number(1, 1, 7, out var iso) && (_dayOfWeek = (int)iso % 7) >= 0;
            case 'w': return Number(1, 0, 6, out var ofWeek) && (_dayOfWeek = (int)ofWeek) >= 0;
            case 'U' or 'W' or 'V': return Number(2, 0, 53, out _);
            case 'G': return Number(4, 0, 9999, out _);
            case 'g': return Number(2, 0, 99, out _);
            default: return Clock(letter);
        }
    }

    private bool Clock(char letter)
    {
        switch (letter)
        {
            case 'H' or 'k': return Number(2, 0, 23, out var hour) && Set(ref _hour, (int)hour);
            case 'I' or 'l': return Number(2, 1, 12, out var half) && SetHalf((int)half);
            case 'M': return Number(2, 0, 59, out var minute) && Set(ref _minute, (int)minute);
            case 'S': return Number(2, 0, 61, out var second) && Set(ref _second, (int)second);
            case 'p' or 'P': return Name(["AM", "PM"], out var part) && SetAfternoon(part == 1);
            case 's': return Number(19, long.MinValue, long.MaxValue, out var unix, signed: true) && SetUnix(unix);
            case 'Z': return Zone();
            case 'z': return Offset();
            case 'D' or 'x': return Read("%m/%d/%y");
            case 'F': return Read("%Y-%m-%d");
            case 'T' or 'X': return Read("%H:%M:%S");
            case 'R': return Read("%H:%M");
            case 'r': return Read("%I:%M:%S %p");
            case 'c': return Read("%a %b %e %H:%M:%S %Y");
            case 'n' or 't': SkipBlanks(); return true;
            case '%': return !AtEnd && text[_at++] == '%';
            default: return false;
        }
    }

    private bool Number(int digits, long least, long most, out long number, bool signed = false)
    {
        SkipBlanks();
        number = 0;
        var negative = signed && !AtEnd && text[_at] == '-';
        if (signed && !AtEnd && text[_at] is '-' or '+')
            _at++;
        var start = _at;
        while (!AtEnd && _at - start < digits && char.IsAsciiDigit(text[_at]) && (number * 10) + text[_at] - '0' <= Math.Max(most, -(least + 1)))
            number = (number * 10) + text[_at++] - '0';
        if (_at == start)
            return false;
        number = negative ? -number : number;
        return number >= least && number <= most;
    }

    private bool Name(string[] names, out int index)
    {
        for (index = 0; index < names.Length; index++)
        {
            foreach (var name in new[] { names[index], names[index][..Math.Min(3, names[index].Length)] })
            {
                if (string.Compare(text, _at, name, 0, name.Length, StringComparison.OrdinalIgnoreCase) == 0 && _at + name.Length <= text.Length)
                {
                    _at += name.Length;
                    return true;
                }
            }
        }

        return false;
    }

    private bool Set(ref int field, int value, bool isDate = false)
    {
        field = value;
        _hasDate |= isDate;
        return true;
    }

    private bool SetHalf(int hour)
    {
        _afternoon ??= false;
        return Set(ref _hour, hour);
    }

    private bool SetAfternoon(bool afternoon)
    {
        _afternoon = afternoon;
        return true;
    }

    private bool SetUnix(long unix)
    {
        _unix = unix;
        return true;
    }

    private bool SetCentury(int century)
    {
        _century = century;
        _year = (century * 100) + (((_year % 100) + 100) % 100);
        return true;
    }

    private bool SetShortYear(int year)
    {
        _year = _century is { } century ? (century * 100) + year : year >= 69 ? 1900 + year : 2000 + year;
        return true;
    }

    private bool Zone()
    {
        SkipBlanks();
        while (!AtEnd && !char.IsWhiteSpace(text[_at]))
            _at++;
        return true;
    }

    private bool Offset()
    {
        SkipBlanks();
        if (!AtEnd && text[_at] == 'Z')
        {
            _at++;
            return true;
        }

        if (AtEnd || text[_at] is not ('+' or '-'))
            return false;
        _at++;
        var digits = 0;
        while (!AtEnd && digits < 4 && (char.IsAsciiDigit(text[_at]) || (text[_at] == ':' && digits == 2)))
            digits += text[_at++] == ':' ? 0 : 1;
        return digits is 2 or 4;
    }

    private void SkipBlanks()
    {
        while (!AtEnd && char.IsWhiteSpace(text[_at]))
            _at++;
    }
}
