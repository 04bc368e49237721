using System.Text;
using Npgsql;
using NpgsqlTypes;
using Voltwright.Jq;
using Voltwright.Storage.Postgres;

namespace Voltwright.Storage.Backups;

/// <summary>The rows of a PostgreSQL database, within one transaction.</summary>
internal sealed class PostgresRows(NpgsqlConnection connection)
{
    public async Task<long> ReadPositionAsync(CancellationToken cancellation) =>
        (await ReadAsync("SELECT position FROM log", r => r.GetInt64(0), cancellation).SingleAsync(cancellation));

    public Task<bool> IsEmptyAsync(CancellationToken cancellation) => ReadAsync(
        "SELECT (SELECT position FROM log) = 0 AND NOT EXISTS (SELECT FROM streams)", r => r.GetBoolean(0), cancellation)
        .SingleAsync(cancellation).AsTask();

    public IAsyncEnumerable<StreamRow> StreamsAsync(CancellationToken cancellation) => ReadAsync(
        "SELECT stream, version, body FROM streams ORDER BY id", r => new StreamRow(r.GetString(0), r.GetInt64(1), Bytes(r, 2)), cancellation);

    public IAsyncEnumerable<RecordRow> RecordsAsync(CancellationToken cancellation) => ReadAsync(
        "SELECT stream, version, at, body FROM records ORDER BY id",
        r => new RecordRow(r.GetString(0), r.GetInt64(1), Time(r, 2), Bytes(r, 3)), cancellation);

    public IAsyncEnumerable<EventRow> EventsAsync(CancellationToken cancellation) => ReadAsync(
        "SELECT position, body FROM events ORDER BY position", r => new EventRow(r.GetInt64(0), Bytes(r, 1)), cancellation);

    public IAsyncEnumerable<Timer> TimersAsync(CancellationToken cancellation) => ReadAsync(
        "SELECT stream, name, due FROM timers",
        r => new Timer(r.GetString(0), r.GetString(1), new DateTimeOffset(r.GetInt64(2), TimeSpan.Zero)), cancellation);

    public IAsyncEnumerable<ReplyRow> RepliesAsync(CancellationToken cancellation) => ReadAsync(
        "SELECT key, at, body FROM replies ORDER BY at", r => new ReplyRow(r.GetString(0), Time(r, 1), r.GetFieldValue<byte[]>(2)), cancellation);

    public Task AddAsync(IEnumerable<StreamRow> rows, CancellationToken cancellation) => CopyAsync(
        "streams (stream, kind, version, body, status, station, card, session, workflow)", rows,
        async (copy, row) =>
        {
            var facets = Facets.Read(row.Body);
            await copy.WriteAsync(row.Stream, cancellation);
            await copy.WriteAsync(StreamName.KindOf(row.Stream), cancellation);
            await copy.WriteAsync(row.Version, cancellation);
            await copy.WriteAsync(Text(row.Body), cancellation);
            foreach (var facet in (string?[])[facets.Status, facets.Station, facets.Card, facets.Session, facets.Workflow])
                await WriteAsync(copy, facet, cancellation);
        },
        cancellation);

    public Task AddAsync(IEnumerable<RecordRow> rows, CancellationToken cancellation) => CopyAsync(
        "records (stream, version, at, body)", rows,
        async (copy, row) =>
        {
            await copy.WriteAsync(row.Stream, cancellation);
            await copy.WriteAsync(row.Version, cancellation);
            await copy.WriteAsync(row.At.UtcDateTime, NpgsqlDbType.TimestampTz, cancellation);
            await copy.WriteAsync(Text(row.Body), cancellation);
        },
        cancellation);

    /// <param name="at">Counts as the time of all: by their own times, which stations' clocks may have set, they would lie anywhere.</param>
    public Task AddAsync(IEnumerable<EventRow> rows, DateTimeOffset at, CancellationToken cancellation) => CopyAsync(
        "events (position, at, type, subject, body)", rows,
        async (copy, row) =>
        {
            var envelope = JsonValue.Parse(row.Body);
            await copy.WriteAsync(row.Position, cancellation);
            await copy.WriteAsync(at.UtcDateTime, NpgsqlDbType.TimestampTz, cancellation);
            await WriteAsync(copy, envelope["type"].TryGetString(out var type) ? type : null, cancellation);
            await WriteAsync(copy, envelope["subject"].TryGetString(out var subject) ? subject : null, cancellation);
            await copy.WriteAsync(Text(row.Body), cancellation);
        },
        cancellation);

    public Task AddAsync(IEnumerable<Timer> rows, CancellationToken cancellation) => CopyAsync(
        "timers (stream, name, due)", rows,
        async (copy, row) =>
        {
            await copy.WriteAsync(row.Stream, cancellation);
            await copy.WriteAsync(row.Name, cancellation);
            await copy.WriteAsync(row.DueAt.UtcTicks, cancellation);
        },
        cancellation);

    public Task AddAsync(IEnumerable<ReplyRow> rows, CancellationToken cancellation) => CopyAsync(
        "replies (key, at, body)", rows,
        async (copy, row) =>
        {
            await copy.WriteAsync(row.Key, cancellation);
            await copy.WriteAsync(row.At.UtcDateTime, NpgsqlDbType.TimestampTz, cancellation);
            await copy.WriteAsync(row.Body, cancellation);
        },
        cancellation);

    public async Task SetPositionAsync(long position, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("UPDATE log SET position = $1", connection) { Parameters = { new() { Value = position } } };
        await command.ExecuteNonQueryAsync(cancellation);
    }

    private static string Text(byte[] utf8) => Encoding.UTF8.GetString(utf8);

    private static byte[] Bytes(NpgsqlDataReader r, int column) => Encoding.UTF8.GetBytes(r.GetString(column));

    private static DateTimeOffset Time(NpgsqlDataReader r, int column) => new(r.GetDateTime(column), TimeSpan.Zero);

    private static Task WriteAsync(NpgsqlBinaryImporter copy, string? text, CancellationToken cancellation) =>
        text is null ? copy.WriteNullAsync(cancellation) : copy.WriteAsync(text, cancellation);

    private async Task CopyAsync<T>(
        string columns, IEnumerable<T> rows, Func<NpgsqlBinaryImporter, T, Task> write, CancellationToken cancellation)
    {
        await using var copy = await connection.BeginBinaryImportAsync($"COPY {columns} FROM STDIN (FORMAT BINARY)", cancellation);
        foreach (var row in rows)
        {
            await copy.StartRowAsync(cancellation);
            await write(copy, row);
        }

        await copy.CompleteAsync(cancellation);
    }

    private async IAsyncEnumerable<T> ReadAsync<T>(
        string sql, Func<NpgsqlDataReader, T> row, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
            yield return row(reader);
    }
}
