using System.Text;
using Npgsql;
using NpgsqlTypes;

namespace Voltwright.Storage.Postgres;

/// <summary>The rows of one transaction, gathered from its entries, and the statements that write them.</summary>
internal sealed class PostgresBatch(IReadOnlyList<JournalEntry> entries)
{
    public IReadOnlyList<JournalEntry> Entries => entries;

    /// <summary>How many positions it takes.</summary>
    public long Span { get; } = entries.Sum(e => (long)e.Span);

    public bool HasEvents { get; } = entries.Any(e => e.EventTexts.Length > 0);

    /// <summary>All in one round trip; the last one gives the position of the batch's last entry.</summary>
    /// <param name="versions">What the streams stand at: those that are there are updated, others are new.</param>
    public void AddTo(NpgsqlBatch batch, IReadOnlyDictionary<string, long> versions)
    {
        AddStreams(batch, versions);
        AddRecords(batch);
        AddTimers(batch);
        AddReplies(batch);
        // From here on the others wait: what needs no position comes before.
        Add(batch, "UPDATE log SET position = position + $1", Span);
        AddEvents(batch);
    }

    private static void Add(NpgsqlBatch batch, string sql, params ReadOnlySpan<object> parameters)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var value in parameters)
        {
            // Npgsql has no kind of its own for arrays with missing texts.
            command.Parameters.Add(value is string?[] texts
                ? new NpgsqlParameter { Value = texts, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text }
                : PostgresConnections.Parameter(value));
        }

        batch.BatchCommands.Add(command);
    }

    private static string Text(ReadOnlyMemory<byte> utf8) => Encoding.UTF8.GetString(utf8.Span);

    private void AddStreams(NpgsqlBatch batch, IReadOnlyDictionary<string, long> versions)
    {
        // Of a stream's states in one go only the last is written; the order is that of creation.
        var last = new Dictionary<string, StreamWrite>(StringComparer.Ordinal);
        foreach (var write in entries.SelectMany(e => e.Commit.Writes))
            last[write.Stream] = write;
        var removed = last.Values.Where(w => w.State is null && versions.ContainsKey(w.Stream)).Select(w => w.Stream).ToArray();
        if (removed.Length > 0)
            Add(batch, "DELETE FROM streams WHERE stream = ANY ($1)", (object)removed);
        var kept = last.Values.Where(w => w.State is not null).ToLookup(w => versions.ContainsKey(w.Stream));
        if (kept[true].Any())
            AddStates(batch, UpdateStreams, [.. kept[true]]);
        if (kept[false].Any())
            AddStates(batch, InsertStreams, [.. kept[false]]);
    }

    private static void AddStates(NpgsqlBatch batch, string sql, StreamWrite[] writes)
    {
        var facets = Array.ConvertAll(writes, w => Facets.Read(w.State!.Value.Span));
        Add(
            batch, sql, Array.ConvertAll(writes, w => w.Stream), Array.ConvertAll(writes, w => StreamName.KindOf(w.Stream)),
            Array.ConvertAll(writes, w => w.NextVersion), Array.ConvertAll(writes, w => Text(w.State!.Value)),
            Array.ConvertAll(facets, f => f.Status), Array.ConvertAll(facets, f => f.Station), Array.ConvertAll(facets, f => f.Card),
            Array.ConvertAll(facets, f => f.Session), Array.ConvertAll(facets, f => f.Workflow));
    }

    private void AddRecords(NpgsqlBatch batch)
    {
        var records = entries.SelectMany(e => e.Commit.Writes.Where(w => w.Record is not null).Select(w => (Write: w, e.At))).ToArray();
        if (records.Length > 0)
        {
            Add(
                batch, InsertRecords, Array.ConvertAll(records, r => r.Write.Stream),
                Array.ConvertAll(records, r => r.Write.ExpectedVersion + 1), Array.ConvertAll(records, r => r.At.UtcDateTime),
                Array.ConvertAll(records, r => Text(r.Write.Record!.Value)));
        }

        var limits = entries.SelectMany(e => e.Commit.Forget).ToArray();
        if (limits.Length > 0)
            Add(batch, ForgetRecords, Array.ConvertAll(limits, l => l.Stream), Array.ConvertAll(limits, l => l.UpToVersion));
    }

    private void AddTimers(NpgsqlBatch batch)
    {
        var last = new Dictionary<(string, string), TimerChange>();
        foreach (var change in entries.SelectMany(e => e.Commit.Timers))
            last[(change.Stream, change.Name)] = change;
        // In one order everywhere, so that two processes never wait for each other.
        var sorted = last.Values.OrderBy(t => t.Stream, StringComparer.Ordinal).ThenBy(t => t.Name, StringComparer.Ordinal);
        var changes = sorted.ToLookup(t => t.DueAt is not null);
        if (changes[false].Any())
            Add(batch, ClearTimers, changes[false].Select(t => t.Stream).ToArray(), changes[false].Select(t => t.Name).ToArray());
        if (changes[true].Any())
        {
            Add(
                batch, SetTimers, changes[true].Select(t => t.Stream).ToArray(), changes[true].Select(t => t.Name).ToArray(),
                changes[true].Select(t => t.DueAt!.Value.UtcTicks).ToArray());
        }
    }

    private void AddReplies(NpgsqlBatch batch)
    {
        var replies = entries.Where(e => e.Commit.Reply is not null).OrderBy(e => e.Commit.Reply!.Key, StringComparer.Ordinal).ToArray();
        if (replies.Length == 0)
            return;
        Add(
            batch, "INSERT INTO replies (key, at, body) SELECT * FROM unnest($1, $2, $3)",
            Array.ConvertAll(replies, e => e.Commit.Reply!.Key), Array.ConvertAll(replies, e => e.At.UtcDateTime),
            Array.ConvertAll(replies, e => e.Commit.Reply!.Body.ToArray()));
    }

    private void AddEvents(NpgsqlBatch batch)
    {
        if (!HasEvents)
            return;
        var (places, times, types, subjects, bodies) =
            (new List<long>(), new List<DateTime>(), new List<string?>(), new List<string?>(), new List<string>());
        var place = 0L;
        foreach (var entry in entries)
        {
            for (var i = 0; i < entry.EventTexts.Length; i++)
            {
                places.Add(place + i + 1);
                times.Add(entry.At.UtcDateTime);
                types.Add(entry.Commit.Events[i]["type"].TryGetString(out var type) ? type : null);
                subjects.Add(entry.Commit.Events[i]["subject"].TryGetString(out var subject) ? subject : null);
                bodies.Add(Text(entry.EventTexts[i]));
            }

            place += entry.Span;
        }

        Add(batch, InsertEvents, Span, places.ToArray(), times.ToArray(), types.ToArray(), subjects.ToArray(), bodies.ToArray());
    }

    private const string UpdateStreams =
        """
        UPDATE streams s
        SET version = n.version, body = n.body, status = n.status, station = n.station, card = n.card, session = n.session, workflow = n.workflow
        FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9) AS n (stream, kind, version, body, status, station, card, session, workflow)
        WHERE s.stream = n.stream
        """;

    private const string InsertStreams =
        """
        INSERT INTO streams (stream, kind, version, body, status, station, card, session, workflow)
        SELECT * FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9)
        """;

    private const string InsertRecords = "INSERT INTO records (stream, version, at, body) SELECT * FROM unnest($1, $2, $3, $4)";

    private const string ForgetRecords =
        "DELETE FROM records r USING unnest($1, $2) AS l (stream, version) WHERE r.stream = l.stream AND r.version <= l.version";

    private const string ClearTimers =
        "DELETE FROM timers t USING unnest($1, $2) AS c (stream, name) WHERE t.stream = c.stream AND t.name = c.name";

    private const string SetTimers =
        """
        INSERT INTO timers (stream, name, due) SELECT * FROM unnest($1, $2, $3)
        ON CONFLICT (stream, name) DO UPDATE SET due = excluded.due
        """;

    private const string InsertEvents =
        """
        INSERT INTO events (position, at, type, subject, body)
        SELECT l.position - $1 + n.place, n.at, n.type, n.subject, n.body
        FROM log l, unnest($2, $3, $4, $5, $6) AS n (place, at, type, subject, body)
        """;
}
