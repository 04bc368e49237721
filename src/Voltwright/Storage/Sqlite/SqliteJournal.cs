namespace Voltwright.Storage.Sqlite;

/// <summary>
/// The journal on the disk, a database of its own: who waits for its flush waits for nothing else, least of all for the tables. It forgets
/// what they have a little with each commit.
/// </summary>
internal sealed class SqliteJournal(SqliteSession session) : IDisposable
{
    /// <summary>More than are added as a rule, so that it keeps up, and a millisecond's work at most.</summary>
    private const int ForgottenAtOnce = 128;

    private long _forgotten = session["SELECT coalesce(min(position), 1) FROM journal"].Only(r => r.Int64(0)) - 1;

    /// <summary>The entries after a position, of any database with such a table.</summary>
    public static List<JournalEntry> Read(SqliteSession from, long after, int limit)
    {
        var entries = new List<JournalEntry>();
        var read = from["SELECT position, body FROM journal WHERE position > ?1 ORDER BY position LIMIT ?2"].Bind(1, after).Bind(2, limit);
        while (read.Step())
            entries.Add(JournalFormat.Decode(read.Int64(0), read.Bytes(1)));
        return entries;
    }

    public List<JournalEntry> Read(long after, int limit) => Read(session, after, limit);

    /// <summary>Writes the entries, and forgets some of what the tables have.</summary>
    public void Append(IReadOnlyList<JournalEntry> entries, long projected)
    {
        var forgotten = Math.Min(projected, _forgotten + Math.Max(ForgottenAtOnce, 2 * (entries[^1].Position - entries[0].Position)));
        session.Transact(() =>
        {
            var insert = session["INSERT INTO journal (position, body) VALUES (?1, ?2)"];
            foreach (var entry in entries)
                insert.Bind(1, entry.Position).BindBlob(2, entry.Bytes.Span).Run();
            Forget(forgotten);
        });
        _forgotten = Math.Max(_forgotten, forgotten);
    }

    public void Forget(long projected)
    {
        if (projected > _forgotten)
            session["DELETE FROM journal WHERE position <= ?1"].Bind(1, projected).Run();
    }

    public void Dispose() => session.Dispose();
}
