using System.Globalization;
using System.Text;
using Voltwright.Analytics;

namespace Voltwright.Server.Exports;

/// <summary>Comma-separated values as RFC 4180 says, UTF-8 with the mark by which spreadsheets know it, written as they are read.</summary>
internal static class CsvExport
{
    private static readonly char[] Quoted = [',', '"', '\r', '\n'];

    public static async Task WriteAsync(Stream stream, IAsyncEnumerable<SessionFact> sessions, CancellationToken cancellation)
    {
        await using var writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), 1 << 16, leaveOpen: true);
        await writer.WriteAsync(string.Join(',', SessionColumn.All.Select(c => c.Name)) + "\r\n");
        await foreach (var session in sessions.WithCancellation(cancellation))
            await writer.WriteAsync(string.Join(',', SessionColumn.All.Select(c => Cell(c, session))) + "\r\n");
    }

    private static string Cell(SessionColumn column, SessionFact session) => column switch
    {
        SessionColumn.Text text => Escape(text.Of(session)),
        SessionColumn.Whole whole => whole.Of(session)?.ToString(CultureInfo.InvariantCulture) ?? "",
        SessionColumn.Time time => time.Of(session)?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture) ?? "",
        SessionColumn.Money money => money.Of(session).ToString(CultureInfo.InvariantCulture),
        _ => throw new InvalidOperationException($"'{column.Name}' is of no known kind."),
    };

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
