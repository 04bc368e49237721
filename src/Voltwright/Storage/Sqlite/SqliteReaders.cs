using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using Voltwright.Jq;

namespace Voltwright.Storage.Sqlite;

/// <summary>Questions to the tables, each on a connection of its own from a pool: reading never waits for writing.</summary>
internal sealed class SqliteReaders(SqliteFile file) : IDisposable
{
    /// <summary>A property's value is rare when fewer states have it.</summary>
    private const int Many = 1_000;

    private readonly ConcurrentBag<SqliteSession> _free = [];
    private ListIndexes? _indexes;

    public StoredState? FindState(string stream) => Read(session =>
    {
        var read = session["SELECT version, body FROM streams WHERE stream = ?1"].Bind(1, stream);
        return All(read, () => new StoredState(read.Int64(0), read.Bytes(1))).SingleOrDefault();
    });

    /// <summary>The version that the tables have; 0 when they have no such stream.</summary>
    public long FindVersion(string stream) => Read(session =>
    {
        var read = session["SELECT version FROM streams WHERE stream = ?1"].Bind(1, stream);
        return All(read, () => read.Int64(0)).SingleOrDefault();
    });

    public bool HasReply(string key) => Read(session =>
    {
        var read = session["SELECT 1 FROM replies WHERE key = ?1"].Bind(1, key);
        return All(read, () => true).SingleOrDefault();
    });

    public ReadOnlyMemory<byte>? FindReply(string key) => Read(session =>
    {
        var read = session["SELECT body FROM replies WHERE key = ?1"].Bind(1, key);
        return All(read, () => (ReadOnlyMemory<byte>?)read.Bytes(0)).SingleOrDefault();
    });

    public Page<ListedState> List(
        string kind, IReadOnlyList<(string Path, string Value)> filters, int limit, string? after, bool oldestFirst) => Read(session =>
    {
        var cursor = after is null ? oldestFirst ? 0 : long.MaxValue
            : long.TryParse(after, NumberStyles.None, CultureInfo.InvariantCulture, out var parsed) ? parsed
            : throw new ArgumentException($"'{after}' is no cursor of this list.", nameof(after));
        var wanted = Filters.ByPath(filters);
        var query = ListQuery(kind, wanted, oldestFirst, Rarest(session, kind, wanted));
        var read = Bind(session[query].Bind(1, cursor).Bind(2, limit + 1L), wanted, 3);
        var found = All(read, () => (Id: read.Int64(0), State: new ListedState(read.Text(1), read.Int64(2), read.Bytes(3))));
        var next = found.Count > limit ? found[limit - 1].Id.ToString(CultureInfo.InvariantCulture) : null;
        return new Page<ListedState>([.. found.Take(limit).Select(f => f.State)], next);
    });

    public long Count(string kind, IReadOnlyList<(string Path, string Value)> filters) => Read(session =>
    {
        var wanted = Filters.ByPath(filters);
        var read = Bind(session[$"SELECT count(*) FROM streams WHERE {Conditions(kind, wanted, 1, Rarest(session, kind, wanted))}"], wanted, 1);
        return All(read, () => read.Int64(0)).Single();
    });

    public IReadOnlyList<StoredRecord> ReadRecords(string stream, long afterVersion, int limit) => Read(session =>
    {
        var read = session["SELECT version, at, body FROM records WHERE stream = ?1 AND version > ?2 ORDER BY id LIMIT ?3"]
            .Bind(1, stream).Bind(2, afterVersion).Bind(3, limit);
        return All(read, () => new StoredRecord(stream, read.Int64(0), new DateTimeOffset(read.Int64(1), TimeSpan.Zero), read.Bytes(2)));
    });

    public List<StoredEvent> ReadEvents(long after, int limit) => Read(session =>
    {
        var read = session["SELECT position, body FROM events WHERE position > ?1 ORDER BY position LIMIT ?2"]
            .Bind(1, after).Bind(2, limit);
        return All(read, () => new StoredEvent(read.Int64(0), JsonValue.Parse(read.Bytes(1))));
    });

    public IReadOnlyList<StoredEvent> FindEvents(EventQuery query, long before, int limit) => Read(session =>
    {
        var text = new StringBuilder("SELECT position, body FROM events WHERE position < ?1 AND position > ?3");
        if (query.Subject is not null)
            text.Append(" AND subject = ?4");
        if (query.Types is { } types)
            text.Append(CultureInfo.InvariantCulture, $" AND type IN ({string.Join(", ", types.Select((_, i) => $"?{i + 5}"))})");
        var read = session[text.Append(" ORDER BY position DESC LIMIT ?2").ToString()].Bind(1, before).Bind(2, limit).Bind(3, query.After);
        if (query.Subject is not null)
            read.Bind(4, query.Subject);
        for (var i = 0; i < (query.Types?.Count ?? 0); i++)
            read.Bind(i + 5, query.Types![i]);
        return All(read, () => new StoredEvent(read.Int64(0), JsonValue.Parse(read.Bytes(1))));
    });

    public IReadOnlyList<Timer> ReadTimers() => ReadTimers(DateTimeOffset.MaxValue, int.MaxValue);

    public IReadOnlyList<Timer> ReadTimers(DateTimeOffset dueBy, int limit) => Read(session =>
    {
        var read = session["SELECT stream, name, due FROM timers WHERE due <= ?1 ORDER BY due LIMIT ?2"].Bind(1, dueBy.UtcTicks).Bind(2, limit);
        return All(read, () => new Timer(read.Text(0), read.Text(1), new DateTimeOffset(read.Int64(2), TimeSpan.Zero)));
    });

    public void Dispose()
    {
        while (_free.TryTake(out var session))
            session.Dispose();
    }

    /// <summary>Kind and paths are spelled out, not bound, because only then SQLite uses the partial indexes on them.</summary>
    internal static string ListQuery(
        string kind, IReadOnlyList<(string Path, string[] Values)> filters, bool oldestFirst = false, string? rarest = null)
    {
        var (after, order) = oldestFirst ? (">", "") : ("<", " DESC");
        return $"SELECT id, stream, version, body FROM streams WHERE {Conditions(kind, filters, 3, rarest)} AND id {after} ?1 ORDER BY id{order} LIMIT ?2";
    }

    /// <summary>
    /// The filter whose index leads to the fewest states, where several have one; null where that makes no difference. SQLite knows nothing of how
    /// often a value is, and reads a million completed runs to find the ten of a workflow that seldom runs.
    /// </summary>
    private string? Rarest(SqliteSession session, string kind, List<(string Path, string[] Values)> wanted)
    {
        _indexes ??= ListIndexes.Of(session);
        var indexed = wanted.Where(w => w.Values is [_] && _indexes.Has(kind, w.Path)).ToList();
        if (indexed.Count < 2)
            return null;
        var (path, count) = indexed.Select(w => (w.Path, Count: CountSome(w))).MinBy(c => c.Count);
        return count < Many ? path : null;

        long CountSome((string Path, string[] Values) filter)
        {
            var some = $"SELECT count(*) FROM (SELECT 1 FROM streams WHERE {Conditions(kind, [filter], 1, null)} LIMIT {Many})";
            var read = Bind(session[some], [filter], 1);
            return All(read, () => read.Int64(0)).Single();
        }
    }

    /// <param name="rarest">The path whose index is used, of several; null leaves it to SQLite.</param>
    private static string Conditions(string kind, IReadOnlyList<(string Path, string[] Values)> filters, int firstParameter, string? rarest)
    {
        var query = new StringBuilder($"kind = '{Name(kind)}'");
        for (var i = 0; i < filters.Count; i++)
        {
            var parameter = string.Create(CultureInfo.InvariantCulture, $"?{i + firstParameter}");
            // JSON numbers and truths compare as numbers, so a value that looks like one is looked for as both.
            var wanted = filters[i].Values is not [var only] ? $"IN (SELECT value FROM json_each({parameter}))" : only switch
            {
                "true" => $"IN ({parameter}, 1)",
                "false" => $"IN ({parameter}, 0)",
                var value when long.TryParse(value, out _) => $"IN ({parameter}, CAST({parameter} AS INTEGER))",
                _ => $"= {parameter}",
            };
            // A plus before it, and no index is used for a condition.
            var plain = rarest is not null && rarest != filters[i].Path ? "+" : "";
            query.Append(CultureInfo.InvariantCulture, $" AND {plain}json_extract(body, '$.{Name(filters[i].Path)}') {wanted}");
        }

        return query.ToString();
    }

    private static SqliteStatement Bind(SqliteStatement read, List<(string Path, string[] Values)> wanted, int firstParameter)
    {
        for (var i = 0; i < wanted.Count; i++)
        {
            var values = wanted[i].Values;
            read.Bind(i + firstParameter, values is [var only] ? only : $"{(JsonValue)JsonArray.From(values.Select(v => (JsonValue)v))}");
        }

        return read;
    }

    private static string Name(string name) => name.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_')
        ? name
        : throw new ArgumentException($"'{name}' cannot be the name of a kind or property.", nameof(name));

    private static List<T> All<T>(SqliteStatement read, Func<T> row)
    {
        var rows = new List<T>();
        while (read.Step())
            rows.Add(row());
        return rows;
    }

    private T Read<T>(Func<SqliteSession, T> question)
    {
        T answer;
        var session = _free.TryTake(out var free) ? free : file.OpenForReading();
        try
        {
            answer = question(session);
        }
        catch (Exception e)
        {
            session.Dispose();
            if (e is Microsoft.Data.Sqlite.SqliteException error)
                throw file.Explain(error);
            throw;
        }

        _free.Add(session);
        return answer;
    }
}
