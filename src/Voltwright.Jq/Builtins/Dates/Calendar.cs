using Voltwright.Jq.Evaluation;

namespace Voltwright.Jq.Builtins.Dates;

/// <summary>The date builtins (jq manual, "Dates"): seconds since 1970, broken down times, texts.</summary>
internal static class Calendar
{
    /// <summary>Beyond it, C's time functions give up.</summary>
    private const double Furthest = 67_767_976_233_532_800;

    public static JsonValue GmTime(Machine m, JsonValue input)
    {
        if (!input.IsNumber)
            return m.Fail("gmtime() requires numeric inputs");
        return IsTime(input.Number) ? BrokenDownTime.FromUnix(input.Number).ToArray() : OutOfRange(m);
    }

    public static JsonValue LocalTime(Machine m, JsonValue input)
    {
        if (!input.IsNumber)
            return m.Fail("localtime() requires numeric inputs");
        return IsTime(input.Number) ? BrokenDownTime.FromUnix(input.Number + Offset(m, input.Number)).ToArray() : OutOfRange(m);
    }

    public static JsonValue MkTime(Machine m, JsonValue input)
    {
        if (!input.IsArray)
            return m.Fail("mktime requires array inputs");
        return Parts(input) is { } parts ? ToUnix(parts) : m.Fail("mktime requires parsed datetime inputs");
    }

    public static JsonValue StrFTime(Machine m, JsonValue input, JsonValue format) => Print(m, input, format, "strftime/1", local: false);

    public static JsonValue StrFLocalTime(Machine m, JsonValue input, JsonValue format) => Print(m, input, format, "strflocaltime/1", local: true);

    public static JsonValue StrPTime(Machine m, JsonValue input, JsonValue format)
    {
        if (!input.TryGetString(out var text) || !format.TryGetString(out var layout))
            return m.Fail("strptime/1 requires string inputs and arguments");
        var reader = new TimeReader(text);
        if (!reader.Read(layout) || (!reader.AtEnd && !char.IsWhiteSpace(reader.Rest[0])))
            return m.Fail($"date \"{text}\" does not match format \"{layout}\"");
        var parts = reader.Result().ToArray();
        return reader.AtEnd ? parts : parts.Add(reader.Rest);
    }

    private static JsonValue Print(Machine m, JsonValue input, JsonValue format, string builtin, bool local)
    {
        if (input.IsNumber)
            input = local ? LocalTime(m, input) : GmTime(m, input);
        if (input.IsFailed)
            return input;
        if (!input.IsArray)
            return m.Fail($"{builtin} requires parsed datetime inputs");
        if (!format.TryGetString(out var layout))
            return m.Fail($"{builtin} requires a string format");
        if (Parts(input) is not { } parts)
            return m.Fail($"{builtin} requires parsed datetime inputs");
        // Parts out of range carry over, and the days of week and year follow from the date.
        var unix = ToUnix(parts);
        var offset = local ? Offset(m, unix, isLocal: true) : 0;
        var zone = local ? ZoneName(m, unix - offset) : "UTC";
        var text = new TimeWriter(BrokenDownTime.FromUnix(unix), unix - offset, offset, zone, m.Budget.OutputBytes).Write(layout);
        return m.ChargeText(text.Length) ? text : JsonValue.Failed;
    }

    private static bool IsTime(double seconds) => Math.Abs(seconds) < Furthest;

    private static JsonValue OutOfRange(Machine m) => m.Fail("error converting number of seconds since epoch to datetime");

    private static long[]? Parts(JsonValue input)
    {
        var parts = new long[] { 1900, 0, 0, 0, 0, 0 };
        var given = input.AsArray();
        for (var i = 0; i < given.Count && i < 8; i++)
        {
            if (!given[i].IsNumber || double.IsNaN(given[i].Number))
                return null;
            if (i < parts.Length)
                parts[i] = (long)Math.Clamp(given[i].Number, int.MinValue, int.MaxValue);
        }

        return parts;
    }

    private static double ToUnix(long[] parts) => BrokenDownTime.ToUnix(parts[0], parts[1], parts[2], parts[3], parts[4], parts[5]);

    private static double Offset(Machine m, double unix, bool isLocal = false)
    {
        var zone = m.Budget.Time.LocalTimeZone;
        if (Moment(unix) is not { } moment)
            return zone.BaseUtcOffset.TotalSeconds;
        return (isLocal ? zone.GetUtcOffset(DateTime.SpecifyKind(moment.DateTime, DateTimeKind.Unspecified)) : zone.GetUtcOffset(moment)).TotalSeconds;
    }

    private static string ZoneName(Machine m, double unix)
    {
        var zone = m.Budget.Time.LocalTimeZone;
        return Moment(unix) is { } moment && zone.IsDaylightSavingTime(moment) ? zone.DaylightName : zone.StandardName;
    }

    private static DateTimeOffset? Moment(double unix) =>
        unix is > -62_000_000_000 and < 253_000_000_000 ? DateTimeOffset.FromUnixTimeSeconds((long)Math.Floor(unix)) : null;
}
