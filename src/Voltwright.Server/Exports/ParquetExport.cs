using Parquet;
using Parquet.Schema;
using Voltwright.Analytics;

namespace Voltwright.Server.Exports;

/// <summary>A Parquet file: a column of one type each, fifty thousand rows a group. Times are moments, which have no zone; days have one.</summary>
internal static class ParquetExport
{
    private const int RowsInAGroup = 50_000;

    /// <summary>Enough for the four digits that two currencies have.</summary>
    private const int MoneyDigits = 4;

    public static async Task WriteAsync(Stream stream, IAsyncEnumerable<SessionFact> sessions, TimeZoneInfo zone, CancellationToken cancellation)
    {
        var columns = SessionColumn.In(zone);
        var fields = columns.Select(Field).ToArray();
        await using var writer = await ParquetWriter.CreateAsync(new ParquetSchema(fields), stream, cancellationToken: cancellation);
        await foreach (var some in sessions.Chunk(RowsInAGroup).WithCancellation(cancellation))
        {
            using var group = writer.CreateRowGroup();
            for (var i = 0; i < fields.Length; i++)
                await WriteAsync(group, fields[i], columns[i], some, cancellation);
        }
    }

    private static DataField Field(SessionColumn column) => column switch
    {
        SessionColumn.Text => new DataField<string>(column.Name),
        SessionColumn.Whole => new DataField<long?>(column.Name),
        SessionColumn.Time => new DateTimeDataField(
            column.Name, DateTimeFormat.Timestamp, isAdjustedToUTC: true, unit: DateTimeTimeUnit.Millis, isNullable: true),
        SessionColumn.Day => new DataField<DateOnly>(column.Name),
        SessionColumn.Money => new DecimalDataField(column.Name, 18, MoneyDigits),
        _ => throw new InvalidOperationException($"'{column.Name}' is of no known kind."),
    };

    private static ValueTask WriteAsync(
        ParquetRowGroupWriter group, DataField field, SessionColumn column, SessionFact[] sessions, CancellationToken cancellation) => column switch
    {
        SessionColumn.Text text => new(group.WriteAsync(field, Array.ConvertAll(sessions, s => text.Of(s)!))),
        SessionColumn.Whole whole => new(group.WriteAsync<long>(field, Array.ConvertAll(sessions, s => whole.Of(s)), cancellationToken: cancellation)),
        SessionColumn.Time time =>
            new(group.WriteAsync<DateTime>(field, Array.ConvertAll(sessions, s => time.Of(s)?.UtcDateTime), cancellationToken: cancellation)),
        SessionColumn.Day day => new(group.WriteAsync<DateOnly>(field, Array.ConvertAll(sessions, s => day.Of(s)), cancellationToken: cancellation)),
        SessionColumn.Money money => new(group.WriteAsync<decimal>(field, Array.ConvertAll(sessions, s => money.Of(s)), cancellationToken: cancellation)),
        _ => throw new InvalidOperationException($"'{column.Name}' is of no known kind."),
    };
}
