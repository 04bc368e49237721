using SpreadCheetah;
using SpreadCheetah.Styling;
using SpreadCheetah.Worksheets;
using Voltwright.Analytics;

namespace Voltwright.Server.Exports;

/// <summary>A workbook. Text is text in it: nothing becomes a formula. Times are those of the zone's clocks: cells know no zone.</summary>
internal static class XlsxExport
{
    /// <summary>A sheet has room for 1 048 576.</summary>
    private const int RowsOnASheet = 1_000_000;

    public static async Task WriteAsync(Stream stream, IAsyncEnumerable<SessionFact> sessions, TimeZoneInfo zone, CancellationToken cancellation)
    {
        var columns = SessionColumn.In(zone);
        await using var workbook = await Spreadsheet.CreateNewAsync(stream, cancellationToken: cancellation);
        var day = workbook.AddStyle(new Style { Format = NumberFormat.Custom("yyyy-mm-dd") });
        var row = new StyledCell[columns.Count];
        var (sheets, rows) = (0, RowsOnASheet);
        async Task StartAsync()
        {
            (sheets, rows) = (sheets + 1, 0);
            await workbook.StartWorksheetAsync(sheets == 1 ? "Sessions" : $"Sessions {sheets}", new WorksheetOptions { FrozenRows = 1 }, cancellation);
            await workbook.AddHeaderRowAsync(columns.Select(c => c.Name).ToArray(), token: cancellation);
        }

        await StartAsync();
        await foreach (var session in sessions.WithCancellation(cancellation))
        {
            if (rows == RowsOnASheet)
                await StartAsync();
            for (var i = 0; i < row.Length; i++)
                row[i] = new StyledCell(Cell(columns[i], session), columns[i] is SessionColumn.Day ? day : null);
            await workbook.AddRowAsync(row, cancellation);
            rows++;
        }

        await workbook.FinishAsync(cancellation);
    }

    private static DataCell Cell(SessionColumn column, SessionFact session) => column switch
    {
        SessionColumn.Text text => new DataCell(Printable(text.Of(session))),
        SessionColumn.Whole whole => new DataCell(whole.Of(session)),
        SessionColumn.Time time => new DataCell(time.Of(session)?.DateTime),
        SessionColumn.Day day => new DataCell(day.Of(session).ToDateTime(TimeOnly.MinValue)),
        SessionColumn.Money money => new DataCell(money.Of(session)),
        _ => throw new InvalidOperationException($"'{column.Name}' is of no known kind."),
    };

    // XML has no place for control characters, nor for the two that are none.
    private static string? Printable(string? text) => text?.Any(IsUnprintable) == true ? string.Concat(text.Where(c => !IsUnprintable(c))) : text;

    private static bool IsUnprintable(char c) => char.IsControl(c) || c is '\uFFFE' or '\uFFFF';
}
