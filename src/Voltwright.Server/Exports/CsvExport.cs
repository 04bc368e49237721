using System.Globalization;
using System.Text;
using Voltwright.Analytics;

namespace Voltwright.Server.Exports;

/// <summary>Comma-separated values as RFC 4180 says, UTF-8 with the mark by which spreadsheets know it, written as they are read.</summary>
internal static class CsvExport
{
    private static readonly char[] Quoted = [',', '"', '\r', '\n'];

    public static async Task WriteAsync(Stream stream, IAsyncEnumerable<SessionFact> sessions, TimeZoneInfo zone, CancellationToken cancellation)
    {
        var columns = SessionColumn.In(zone);
        await using var writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), 1 << 16, leaveOpen: true);
        await writer.WriteAsync(string.Join(',', columns.Select(c => c.Name)) + "\r\n");
        await foreach (var session in sessions.WithCancellation(cancellation))
            await writer.WriteAsync(string.Join(',', columns.Select(c => Cell(c, session))) + "\r\n");
    }

    private static string Cell(SessionColumn column, SessionFact session) => column switch
    {
        SessionColumn.Text text => Escape(text.Of(session)),
        SessionColumn.Whole whole => whole.Of(session)?.ToString(CultureInfo.InvariantCulture) ?? "",
        SessionColumn.Time time => time.Of(session) is { } at ? Moment(at) : "",
        SessionColumn.Day day => day.Of(session).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        SessionColumn.Money money => money.Of(session).ToString(CultureInfo.InvariantCulture),
        _ => throw new InvalidOperationException($"'{column.Name}' is of no known kind."),
    };

    /// <summary>By the clocks of the zone, and how far they are from UTC: so it is exact in the hour that there is twice, too.</summary>
    private static string Moment(DateTimeOffset at) =>
        at.ToString(at.Offset == TimeSpan.Zero ? "yyyy-MM-dd'T'HH:mm:ss'Z'" : "yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);

    /// <summary>What a spreadsheet would run as a formula begins with an apostrophe: then it is text.</summary>
    internal static string Escape(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return "";
        if (text[0] is '=' or '+' or '-' or '@' or '\t' or '\r' or '\n')
            text = "'" + text;
        return text.IndexOfAny(Quoted) < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
