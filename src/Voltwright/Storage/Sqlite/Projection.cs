namespace Voltwright.Storage.Sqlite;

/// <summary>Moves journal entries into the tables that answer questions. Of a stream's states in one go only the last is written.</summary>
internal sealed class Projection(SqliteSession session)
{
    /// <summary>Much at once is cheap: a page that many entries change is written once. Who asks waits for one go, a fraction of a second.</summary>
    public const int EntriesAtOnce = 4096;

    /// <summary>Nobody repeats a request later than that.</summary>
    public static readonly TimeSpan RepliesKept = TimeSpan.FromDays(30);

    private readonly Dictionary<string, (long Version, ReadOnlyMemory<byte>? Body)> _last = new(StringComparer.Ordinal);
    private readonly List<string> _order = [];

    /// <summary>The last position that the tables contain.</summary>
    public long Position { get; private set; } = session["SELECT position FROM checkpoint"].Only(r => r.Int64(0));

    /// <summary>Brings the tables up to a journal; for the start, before anyone asks.</summary>
    /// <param name="entries">Those after <see cref="Position"/>.</param>
    /// <exception cref="InvalidDataException">Entries are missing between the tables and the journal.</exception>
    public void CatchUp(IEnumerable<JournalEntry> entries)
    {
        foreach (var some in entries.Chunk(EntriesAtOnce))
        {
            if (some[0].Position - some[0].Span != Position)
                throw new InvalidDataException($"it begins after {some[0].Position - some[0].Span}, the tables end with {Position}");
            Apply(some);
        }
    }

    public void Apply(IReadOnlyList<JournalEntry> entries)
    {
        var position = entries[^1].Position;
        session.Transact(() =>
        {
            _last.Clear();
            _order.Clear();
            foreach (var entry in entries)
                Apply(entry);
            foreach (var stream in _order)
                WriteStream(stream);
            session["UPDATE checkpoint SET position = ?1"].Bind(1, position).Run();
        });
        Position = position;
    }

    private void Apply(JournalEntry entry)
    {
        foreach (var write in entry.Commit.Writes)
        {
            if (!_last.ContainsKey(write.Stream))
                _order.Add(write.Stream);
            _last[write.Stream] = (write.NextVersion, write.State);
            if (write.Record is { } record)
            {
                session["INSERT INTO records (stream, version, at, body) VALUES (?1, ?2, ?3, ?4)"]
                    .Bind(1, write.Stream).Bind(2, write.ExpectedVersion + 1).Bind(3, entry.At.UtcTicks).BindText(4, record.Span).Run();
            }
        }

        for (var i = 0; i < entry.EventTexts.Length; i++)
            WriteEvent(entry, i);
        foreach (var timer in entry.Commit.Timers)
            WriteTimer(timer);
        foreach (var limit in entry.Commit.Forget)
        {
            session["DELETE FROM records WHERE stream = ?1 AND version <= ?2"].Bind(1, limit.Stream).Bind(2, limit.UpToVersion).Run();
        }

        if (entry.Commit.Reply is { } reply)
        {
            session["INSERT INTO replies (key, at, body) VALUES (?1, ?2, ?3)"]
                .Bind(1, reply.Key).Bind(2, entry.At.UtcTicks).BindBlob(3, reply.Body.Span).Run();
            ForgetOldReplies(entry.At);
        }
    }

    /// <summary>Two out for each one in, so that no sweep is ever needed.</summary>
    private void ForgetOldReplies(DateTimeOffset now) =>
        session["DELETE FROM replies WHERE id IN (SELECT id FROM replies ORDER BY id LIMIT 2) AND at < ?1"]
            .Bind(1, (now - RepliesKept).UtcTicks).Run();

    private void WriteStream(string stream)
    {
        var (version, body) = _last[stream];
        if (body is null)
        {
            session["DELETE FROM streams WHERE stream = ?1"].Bind(1, stream).Run();
            return;
        }

        session[
            """
            INSERT INTO streams (stream, kind, version, body) VALUES (?1, ?2, ?3, ?4)
            ON CONFLICT (stream) DO UPDATE SET version = excluded.version, body = excluded.body
            """]
            .Bind(1, stream).Bind(2, StreamName.KindOf(stream)).Bind(3, version).BindText(4, body.Value.Span).Run();
    }

    private void WriteEvent(JournalEntry entry, int index)
    {
        var envelope = entry.Commit.Events[index];
        var insert = session["INSERT INTO events (position, id, source, type, subject, time, body) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)"];
        insert.Bind(1, entry.PositionOf(index)).BindText(7, entry.EventTexts[index].Span);
        var parameter = 2;
        foreach (var name in (ReadOnlySpan<string>)["id", "source", "type", "subject", "time"])
            insert.Bind(parameter++, envelope[name].TryGetString(out var text) ? text : null);
        insert.Run();
    }

    private void WriteTimer(TimerChange timer)
    {
        if (timer.DueAt is { } due)
        {
            session["INSERT OR REPLACE INTO timers (stream, name, due) VALUES (?1, ?2, ?3)"]
                .Bind(1, timer.Stream).Bind(2, timer.Name).Bind(3, due.UtcTicks).Run();
        }
        else
        {
            session["DELETE FROM timers WHERE stream = ?1 AND name = ?2"].Bind(1, timer.Stream).Bind(2, timer.Name).Run();
        }
    }
}
