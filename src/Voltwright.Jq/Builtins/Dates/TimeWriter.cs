using System.Globalization;
using System.Text;

namespace Voltwright.Jq.Builtins.Dates;

/// <summary>Prints a time by a <c>strftime</c> layout (C locale); what is longer than so many characters is left unfinished.</summary>
internal sealed class TimeWriter(BrokenDownTime time, double unix, double offset, string zone, long most)
{
    public static readonly string[] Days = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

    public static readonly string[] Months =
    [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
    ];

    public string Write(string layout)
    {
        var text = new StringBuilder();
        for (var i = 0; i < layout.Length && text.Length <= most; i++)
        {
            if (layout[i] != '%' || i + 1 == layout.Length)
            {
                text.Append(layout[i]);
                continue;
            }

            var start = i++;
            var flag = '\0';
            while (i + 1 < layout.Length && layout[i] is '-' or '_' or '0' or '^' or '#' or 'E' or 'O')
                flag = layout[i++];
            var width = 0;
            while (i + 1 < layout.Length && char.IsAsciiDigit(layout[i]))
                width = Math.Min(1000, (width * 10) + layout[i++] - '0');
            text.Append(Adjust(Field(layout[i], flag) ?? layout[start..(i + 1)], flag, width));
        }

        return text.ToString();
    }

    private static string Adjust(string field, char flag, int width)
    {
        if (flag == '^')
            field = field.ToUpperInvariant();
        return field.PadLeft(width, field.Length > 0 && char.IsAsciiDigit(field[0]) && flag != '_' ? '0' : ' ');
    }

    private string? Field(char letter, char flag) => letter switch
    {
        'Y' => time.Year.ToString(CultureInfo.InvariantCulture),
        'C' => Number(time.Year / 100, 2, flag),
        'y' => Number(((time.Year % 100) + 100) % 100, 2, flag),
        'G' => time.IsoWeek().Year.ToString(CultureInfo.InvariantCulture),
        'g' => Number(time.IsoWeek().Year % 100, 2, flag),
        'm' => Number(time.Month + 1, 2, flag),
        'B' => Months[time.Month],
        'b' or 'h' => Months[time.Month][..3],
        'd' => Number(time.Day, 2, flag),
        'e' => Number(time.Day, 2, flag == '\0' ? '_' : flag),
        'j' => Number(time.DayOfYear + 1, 3, flag),
        'A' => Days[time.DayOfWeek],
        'a' => Days[time.DayOfWeek][..3],
        'u' => Number(time.DayOfWeek == 0 ? 7 : time.DayOfWeek, 1, flag),
        'w' => Number(time.DayOfWeek, 1, flag),
        'U' => Number(time.Week(0), 2, flag),
        'W' => Number(time.Week(1), 2, flag),
        'V' => Number(time.IsoWeek().Week, 2, flag),
        _ => Clock(letter, flag),
    };

    /// <summary>None for a letter that means nothing: it stays as it was written, flag, width and all.</summary>
    private string? Clock(char letter, char flag) => letter switch
    {
        'H' => Number(time.Hour, 2, flag),
        'k' => Number(time.Hour, 2, flag == '\0' ? '_' : flag),
        'I' => Number(Hour12, 2, flag),
        'l' => Number(Hour12, 2, flag == '\0' ? '_' : flag),
        'M' => Number(time.Minute, 2, flag),
        'S' => Number((int)time.Second, 2, flag),
        'p' => time.Hour < 12 ? "AM" : "PM",
        'P' => time.Hour < 12 ? "am" : "pm",
        's' => Math.Floor(unix).ToString(CultureInfo.InvariantCulture),
        'Z' => zone,
        'z' => $"{(offset < 0 ? '-' : '+')}{(int)Math.Abs(offset) / 3600:00}{(int)Math.Abs(offset) / 60 % 60:00}",
        'D' or 'x' => Write("%m/%d/%y"),
        'F' => Write("%Y-%m-%d"),
        'T' or 'X' => Write("%H:%M:%S"),
        'R' => Write("%H:%M"),
        'r' => Write("%I:%M:%S %p"),
        'c' => Write("%a %b %e %H:%M:%S %Y"),
        '+' => Write("%a %b %e %H:%M:%S %Z %Y"),
        'n' => "\n",
        't' => "\t",
        '%' => "%",
        _ => null,
    };

    private int Hour12 => time.Hour % 12 == 0 ? 12 : time.Hour % 12;

    private static string Number(long number, int digits, char flag)
    {
        var text = number.ToString(CultureInfo.InvariantCulture);
        return flag == '-' ? text : text.PadLeft(digits, flag == '_' ? ' ' : '0');
    }
}
