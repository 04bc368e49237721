using Npgsql;

namespace Voltwright.Storage.Postgres;

/// <summary>
/// Commits one batch in two round trips: what is there, locked, then everything that changes. Each process has a row of its own that
/// names the last batch it committed: after a lost connection the same batch again finds whether it landed.
/// </summary>
internal sealed class PostgresTransaction(PostgresConnections connections) : IAsyncDisposable
{
    /// <summary>
    /// Plans are made once and kept: one made while a table was small would read all of it, for each commit, until somebody analyzes it.
    /// </summary>
    private const string ByIndex = "SET LOCAL enable_seqscan = off";

    private readonly Guid _writer = Guid.NewGuid();
    private NpgsqlConnection? _connection;
    private IReadOnlySet<JournalEntry> _last = new HashSet<JournalEntry>();
    private long _number;

    /// <summary>The server's process that works for this one; 0 when there is none.</summary>
    public int ServerProcess { get; private set; }

    /// <summary>A new batch: until the next call, attempts are attempts at the same.</summary>
    public void BeginBatch() => _number++;

    /// <summary>
    /// One attempt. Refused entries get their exceptions by <paramref name="refuse"/>; the others are given positions and returned.
    /// </summary>
    /// <exception cref="Exception">Unknown whether it landed, if it passes by <see cref="PostgresErrors.IsPassing"/>: attempt again.</exception>
    public async Task<List<JournalEntry>> AttemptAsync(
        IReadOnlyList<JournalEntry> entries, Action<JournalEntry, Exception> refuse, DateTimeOffset now)
    {
        try
        {
            _connection ??= await ConnectAsync(now);
            var found = await LookAsync(_connection, entries);
            if (found.Batch == _number)
            {
                await RunAsync(_connection, "ROLLBACK");
                return GivePositions([.. entries.Where(found.Landed.Contains)], found.Position);
            }

            var (accepted, refused) = Judge(entries, found);
            if (accepted.Count == 0)
                await RunAsync(_connection, "ROLLBACK");
            else
                accepted = await WriteAsync(_connection, accepted, found.Versions, now);
            foreach (var (entry, reason) in refused)
                refuse(entry, reason);
            return accepted;
        }
        catch
        {
            await ForgetConnectionAsync();
            throw;
        }
    }

    public ValueTask DisposeAsync() => ForgetConnectionAsync();

    private static (List<JournalEntry> Accepted, List<(JournalEntry Entry, StaleVersionException Reason)> Refused) Judge(
        IReadOnlyList<JournalEntry> entries, Found found)
    {
        var batch = new Batch(stream => found.Versions.GetValueOrDefault(stream), found.Replies.Contains);
        var refused = new List<(JournalEntry, StaleVersionException)>();
        foreach (var entry in entries)
        {
            if (batch.Refuses(entry) is { } reason)
                refused.Add((entry, reason));
        }

        return (batch.Take(), refused);
    }

    private static List<JournalEntry> GivePositions(List<JournalEntry> entries, long last)
    {
        var position = last - entries.Sum(e => (long)e.Span);
        foreach (var entry in entries)
            position = entry.Position = position + entry.Span;
        return entries;
    }

    private static async Task RunAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private async Task<NpgsqlConnection> ConnectAsync(DateTimeOffset now)
    {
        var connection = await connections.OpenAsync(CancellationToken.None);
        try
        {
            await using var command = new NpgsqlCommand(
                "INSERT INTO writers (id, batch, position, at) VALUES ($1, 0, 0, $2) ON CONFLICT (id) DO NOTHING", connection);
            command.Parameters.Add(PostgresConnections.Parameter(_writer));
            command.Parameters.Add(PostgresConnections.Parameter(now));
            await command.ExecuteNonQueryAsync();
            ServerProcess = connection.ProcessID;
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>Begins the transaction. An earlier attempt that the server still works on holds this up until its end is known.</summary>
    private async Task<Found> LookAsync(NpgsqlConnection connection, IReadOnlyList<JournalEntry> entries)
    {
        var streams = entries.SelectMany(e => e.Commit.Writes).Select(w => w.Stream).Distinct().Order(StringComparer.Ordinal).ToArray();
        var keys = entries.Select(e => e.Commit.Reply?.Key).OfType<string>().Distinct().ToArray();
        await using var batch = new NpgsqlBatch(connection);
        Add(batch, "BEGIN");
        Add(batch, PostgresConnections.EndWhenAbandoned);
        Add(batch, ByIndex);
        Add(batch, "SELECT batch, position FROM writers WHERE id = $1 FOR UPDATE", _writer);
        Add(batch, "SELECT stream, version FROM streams WHERE stream = ANY ($1) ORDER BY stream FOR UPDATE", (object)streams);
        Add(batch, "SELECT key FROM replies WHERE key = ANY ($1)", (object)keys);
        await using var reader = await batch.ExecuteReaderAsync();
        if (!await reader.ReadAsync())
            throw new IOException("This process's row in table 'writers' is gone; it is made again.");
        var found = new Found(reader.GetInt64(0), reader.GetInt64(1), _last);
        await reader.NextResultAsync();
        while (await reader.ReadAsync())
            found.Versions[reader.GetString(0)] = reader.GetInt64(1);
        await reader.NextResultAsync();
        while (await reader.ReadAsync())
            found.Replies.Add(reader.GetString(0));
        return found;
    }

    private async Task<List<JournalEntry>> WriteAsync(
        NpgsqlConnection connection, List<JournalEntry> accepted, Dictionary<string, long> versions, DateTimeOffset now)
    {
        // What is on its way now is what a later attempt finds landed, whatever it would judge then.
        _last = accepted.ToHashSet();
        var rows = new PostgresBatch(accepted);
        await using var batch = new NpgsqlBatch(connection);
        rows.AddTo(batch, versions);
        Add(
            batch, "UPDATE writers SET batch = $2, position = (SELECT position FROM log), at = $3 WHERE id = $1 RETURNING position",
            _writer, _number, now);
        foreach (var announcement in Announcements.Of(accepted))
            Add(batch, "SELECT pg_notify($1, $2)", Announcements.Channel, announcement);
        Add(batch, "COMMIT");
        await using var reader = await batch.ExecuteReaderAsync();
        await reader.ReadAsync();
        var position = reader.GetInt64(0);
        while (await reader.NextResultAsync())
        {
        }

        return GivePositions(accepted, position);
    }

    private static void Add(NpgsqlBatch batch, string sql, params ReadOnlySpan<object> parameters)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var value in parameters)
            command.Parameters.Add(PostgresConnections.Parameter(value));
        batch.BatchCommands.Add(command);
    }

    private async ValueTask ForgetConnectionAsync()
    {
        if (Interlocked.Exchange(ref _connection, null) is { } connection)
            await connection.DisposeAsync();
    }

    private sealed record Found(long Batch, long Position, IReadOnlySet<JournalEntry> Landed)
    {
        public Dictionary<string, long> Versions { get; } = new(StringComparer.Ordinal);

        public HashSet<string> Replies { get; } = new(StringComparer.Ordinal);
    }
}
