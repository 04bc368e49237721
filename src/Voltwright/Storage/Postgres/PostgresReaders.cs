using System.Globalization;
using System.Text;
using Npgsql;
using Voltwright.Jq;

namespace Voltwright.Storage.Postgres;

/// <summary>Questions to the tables.</summary>
internal sealed class PostgresReaders(PostgresConnections connections)
{
    public async Task<StoredState?> FindStateAsync(string stream, CancellationToken cancellation) =>
        (await connections.AskAsync(
            "SELECT version, body FROM streams WHERE stream = $1", [stream], r => new StoredState(r.GetInt64(0), Bytes(r, 1)), cancellation))
        .SingleOrDefault();

    public async Task<ReadOnlyMemory<byte>?> FindReplyAsync(string key, CancellationToken cancellation) =>
        (await connections.AskAsync(
            "SELECT body FROM replies WHERE key = $1", [key], r => (ReadOnlyMemory<byte>?)r.GetFieldValue<byte[]>(0), cancellation))
        .SingleOrDefault();

    public async Task<Page<ListedState>> ListAsync(
        string kind, IReadOnlyList<(string Path, string Value)> filters, int limit, string? after, bool oldestFirst,
        CancellationToken cancellation)
    {
        var cursor = after is null ? oldestFirst ? 0 : long.MaxValue
            : long.TryParse(after, NumberStyles.None, CultureInfo.InvariantCulture, out var parsed) ? parsed
            : throw new ArgumentException($"'{after}' is no cursor of this list.", nameof(after));
        var (beyond, order) = oldestFirst ? (">", "") : ("<", " DESC");
        var wanted = Filters.ByPath(filters);
        var found = await connections.AskAsync(
            $"SELECT id, stream, version, body FROM streams WHERE {Conditions(wanted)} AND id {beyond} ${wanted.Count + 2} "
            + $"ORDER BY id{order} LIMIT ${wanted.Count + 3}",
            [kind, .. Bound(wanted), cursor, limit + 1L],
            r => (Id: r.GetInt64(0), State: new ListedState(r.GetString(1), r.GetInt64(2), Bytes(r, 3))), cancellation);
        var next = found.Count > limit ? found[limit - 1].Id.ToString(CultureInfo.InvariantCulture) : null;
        return new Page<ListedState>([.. found.Take(limit).Select(f => f.State)], next);
    }

    public async Task<long> CountAsync(
        string kind, IReadOnlyList<(string Path, string Value)> filters, CancellationToken cancellation)
    {
        var wanted = Filters.ByPath(filters);
        var counted = await connections.AskAsync(
            $"SELECT count(*) FROM streams WHERE {Conditions(wanted)}", [kind, .. Bound(wanted)], r => r.GetInt64(0), cancellation);
        return counted.Single();
    }

    public async Task<IReadOnlyList<StoredRecord>> ReadRecordsAsync(string stream, long after, int limit, CancellationToken cancellation) =>
        await connections.AskAsync(
            "SELECT version, at, body FROM records WHERE stream = $1 AND version > $2 ORDER BY id LIMIT $3", [stream, after, limit],
            r => new StoredRecord(stream, r.GetInt64(0), Time(r, 1), Bytes(r, 2)), cancellation);

    public async ValueTask<List<StoredEvent>> ReadEventsAsync(long after, int limit, CancellationToken cancellation) =>
        await connections.AskAsync(
            "SELECT position, body FROM events WHERE position > $1 ORDER BY position LIMIT $2", [after, limit],
            r => new StoredEvent(r.GetInt64(0), JsonValue.Parse(r.GetString(1))), cancellation);

    public async Task<IReadOnlyList<StoredEvent>> FindEventsAsync(EventQuery query, long before, int limit, CancellationToken cancellation) =>
        await connections.AskAsync(
            """
            SELECT position, body FROM events
            WHERE position < $1 AND position > $5 AND ($2::text IS NULL OR subject = $2) AND ($3::text[] IS NULL OR type = ANY ($3))
            ORDER BY position DESC LIMIT $4
            """,
            [before, query.Subject ?? (object)DBNull.Value, query.Types?.ToArray() ?? (object)DBNull.Value, limit, query.After],
            r => new StoredEvent(r.GetInt64(0), JsonValue.Parse(r.GetString(1))), cancellation);

    /// <summary>How far the log is, and the events after a position as far as the limit allows; both as of one moment.</summary>
    public async Task<(long Position, List<StoredEvent> Events)> ReadLogAsync(long after, int limit, CancellationToken cancellation)
    {
        var rows = await connections.AskAsync(
            """
            SELECT l.position, e.position, e.body FROM log l LEFT JOIN LATERAL
                (SELECT position, body FROM events WHERE events.position > $1 AND events.position <= l.position
                ORDER BY events.position LIMIT $2) e ON true
            ORDER BY e.position
            """,
            [after, limit],
            r => (Log: r.GetInt64(0), Event: r.IsDBNull(1) ? null : new StoredEvent(r.GetInt64(1), JsonValue.Parse(r.GetString(2)))),
            cancellation);
        List<StoredEvent> events = [.. rows.Select(r => r.Event).OfType<StoredEvent>()];
        return (events.Count == limit ? events[^1].Position : rows[0].Log, events);
    }

    public async Task<IReadOnlyList<Timer>> ReadTimersAsync(CancellationToken cancellation) => await connections.AskAsync(
        "SELECT stream, name, due FROM timers ORDER BY due", [], ReadTimer, cancellation);

    public async Task<IReadOnlyList<Timer>> ReadTimersAsync(DateTimeOffset dueBy, int limit, CancellationToken cancellation) =>
        await connections.AskAsync(
            "SELECT stream, name, due FROM timers WHERE due <= $1 ORDER BY due LIMIT $2", [dueBy.UtcTicks, limit], ReadTimer, cancellation);

    /// <summary>Paths are spelled out, so that each has a plan of its own; values are bound, from $2.</summary>
    internal static string Conditions(IReadOnlyList<(string Path, string[] Values)> filters)
    {
        var query = new StringBuilder("kind = $1");
        for (var i = 0; i < filters.Count; i++)
        {
            var path = filters[i].Path;
            if (!path.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_'))
                throw new ArgumentException($"'{path}' cannot be the name of a property.", nameof(filters));
            var place = Facets.ColumnOf(path) ?? $"body::json #>> '{{{path.Replace('.', ',')}}}'";
            var wanted = filters[i].Values.Length == 1 ? $"${i + 2}" : $"ANY(${i + 2})";
            query.Append(CultureInfo.InvariantCulture, $" AND {place} = {wanted}");
        }

        return query.ToString();
    }

    private static IEnumerable<object> Bound(List<(string Path, string[] Values)> wanted) =>
        wanted.Select(w => w.Values is [var only] ? (object)only : w.Values);

    private static Timer ReadTimer(NpgsqlDataReader r) => new(r.GetString(0), r.GetString(1), new DateTimeOffset(r.GetInt64(2), TimeSpan.Zero));

    private static DateTimeOffset Time(NpgsqlDataReader r, int column) => new(r.GetDateTime(column), TimeSpan.Zero);

    private static byte[] Bytes(NpgsqlDataReader r, int column) => Encoding.UTF8.GetBytes(r.GetString(column));
}
