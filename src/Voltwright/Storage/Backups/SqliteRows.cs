using Voltwright.Jq;
using Voltwright.Storage.Sqlite;

namespace Voltwright.Storage.Backups;

/// <summary>The rows of a SQLite database whose journal is projected.</summary>
internal sealed class SqliteRows(SqliteSession session)
{
    public long Position => Single("SELECT position FROM checkpoint");

    public (DateTimeOffset First, DateTimeOffset Last)? RecordTimes => Single("SELECT count(*) FROM records") == 0 ? null
        : (Time(Single("SELECT min(at) FROM records")), Time(Single("SELECT max(at) FROM records")));

    public IEnumerable<StreamRow> Streams() =>
        All("SELECT stream, version, body FROM streams ORDER BY id", r => new StreamRow(r.Text(0), r.Int64(1), r.Bytes(2)));

    public IEnumerable<RecordRow> Records() => All(
        "SELECT stream, version, at, body FROM records ORDER BY id", r => new RecordRow(r.Text(0), r.Int64(1), Time(r.Int64(2)), r.Bytes(3)));

    public IEnumerable<EventRow> Events() =>
        All("SELECT position, body FROM events ORDER BY position", r => new EventRow(r.Int64(0), r.Bytes(1)));

    public IEnumerable<Timer> Timers() =>
        All("SELECT stream, name, due FROM timers", r => new Timer(r.Text(0), r.Text(1), Time(r.Int64(2))));

    public IEnumerable<ReplyRow> Replies() =>
        All("SELECT key, at, body FROM replies ORDER BY id", r => new ReplyRow(r.Text(0), Time(r.Int64(1)), r.Bytes(2)));

    public void Add(StreamRow row) => session["INSERT INTO streams (stream, kind, version, body) VALUES (?1, ?2, ?3, ?4)"]
        .Bind(1, row.Stream).Bind(2, StreamName.KindOf(row.Stream)).Bind(3, row.Version).BindText(4, row.Body).Run();

    public void Add(RecordRow row) => session["INSERT INTO records (stream, version, at, body) VALUES (?1, ?2, ?3, ?4)"]
        .Bind(1, row.Stream).Bind(2, row.Version).Bind(3, row.At.UtcTicks).BindText(4, row.Body).Run();

    public void Add(EventRow row)
    {
        var envelope = JsonValue.Parse(row.Body);
        var insert = session["INSERT INTO events (position, id, source, type, subject, time, body) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)"];
        insert.Bind(1, row.Position).BindText(7, row.Body);
        var parameter = 2;
        foreach (var name in (ReadOnlySpan<string>)["id", "source", "type", "subject", "time"])
            insert.Bind(parameter++, envelope[name].TryGetString(out var text) ? text : null);
        insert.Run();
    }

    public void Add(Timer timer) => session["INSERT INTO timers (stream, name, due) VALUES (?1, ?2, ?3)"]
        .Bind(1, timer.Stream).Bind(2, timer.Name).Bind(3, timer.DueAt.UtcTicks).Run();

    public void Add(ReplyRow row) => session["INSERT INTO replies (key, at, body) VALUES (?1, ?2, ?3)"]
        .Bind(1, row.Key).Bind(2, row.At.UtcTicks).BindBlob(3, row.Body).Run();

    /// <summary>What the tables lack; it goes into them when the store is opened.</summary>
    public void AddJournal(IEnumerable<JournalEntry> entries)
    {
        var position = Position;
        var insert = session["INSERT INTO journal (position, body) VALUES (?1, ?2)"];
        var body = new JournalBuffer();
        foreach (var entry in entries.Where(e => e.Position > position))
        {
            body.Clear();
            JournalFormat.Encode(entry, body);
            insert.Bind(1, entry.Position).BindBlob(2, body.Written).Run();
        }
    }

    public void SetPosition(long position) => session["UPDATE checkpoint SET position = ?1"].Bind(1, position).Run();

    private static DateTimeOffset Time(long ticks) => new(ticks, TimeSpan.Zero);

    private long Single(string sql) => All(sql, r => r.Int64(0)).Single();

    private IEnumerable<T> All<T>(string sql, Func<SqliteStatement, T> row)
    {
        var read = session[sql];
        while (read.Step())
            yield return row(read);
    }
}
