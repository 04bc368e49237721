using Npgsql;
using NpgsqlTypes;

namespace Voltwright.Storage.Postgres;

/// <summary>Connections to the primary, and questions that outlast a server that restarts or fails over.</summary>
internal sealed class PostgresConnections : IAsyncDisposable
{
    /// <summary>
    /// The second statement of every transaction that locks rows. A node that freezes or is cut off in the middle of one keeps what it locked
    /// for as long as its connection seems to live, and whoever took over would wait for it: the server ends such a transaction.
    /// Whoever only paused makes the same attempt again.
    /// </summary>
    public const string EndWhenAbandoned = $"SET LOCAL {AbandonedAfter}";

    /// <summary>The setting of it, for whoever makes it for all transactions of a connection.</summary>
    public const string AbandonedAfter = "idle_in_transaction_session_timeout = '2s'";

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    private readonly NpgsqlDataSource _source;
    private readonly TimeProvider _clock;
    private readonly TimeSpan _patience;

    /// <exception cref="StoreUnavailableException">The connection string cannot be read.</exception>
    public PostgresConnections(PostgresOptions options, TimeProvider clock)
    {
        (_clock, _patience) = (clock, options.Patience);
        var settings = Read(options.ConnectionString);
        Place = $"{settings.Host}:{settings.Port}, database '{settings.Database ?? settings.Username}'";
        var builder = new NpgsqlDataSourceBuilder(settings.ConnectionString);
        _source = settings.Host?.Contains(',', StringComparison.Ordinal) == true
            ? builder.BuildMultiHost().WithTargetSession(TargetSessionAttributes.Primary) : builder.Build();
    }

    /// <summary>Host and database, for people.</summary>
    public string Place { get; }

    public ValueTask<NpgsqlConnection> OpenAsync(CancellationToken cancellation) => _source.OpenConnectionAsync(cancellation);

    /// <summary>Asks again until there is an answer or patience ends.</summary>
    /// <exception cref="StoreUnavailableException">The server did not come back in time, or refuses.</exception>
    public async Task<T> AskAsync<T>(Func<NpgsqlConnection, Task<T>> question, CancellationToken cancellation)
    {
        var began = _clock.GetTimestamp();
        for (var pause = FirstPause; ; pause = Longer(pause))
        {
            try
            {
                await using var connection = await _source.OpenConnectionAsync(cancellation);
                return await question(connection);
            }
            catch (Exception e) when (PostgresErrors.IsPassing(e) && _clock.GetElapsedTime(began) < _patience)
            {
                await Task.Delay(pause, _clock, cancellation);
            }
            catch (Exception e) when (e is NpgsqlException or IOException or TimeoutException)
            {
                throw PostgresErrors.Explain(e, Place);
            }
        }
    }

    public Task<List<T>> AskAsync<T>(
        string sql, IReadOnlyList<object> parameters, Func<NpgsqlDataReader, T> row, CancellationToken cancellation) => AskAsync(
        async connection =>
        {
            await using var command = new NpgsqlCommand(sql, connection);
            foreach (var value in parameters)
                command.Parameters.Add(Parameter(value));
            await using var reader = await command.ExecuteReaderAsync(cancellation);
            var rows = new List<T>();
            while (await reader.ReadAsync(cancellation))
                rows.Add(row(reader));
            return rows;
        },
        cancellation);

    public static TimeSpan Longer(TimeSpan pause) => pause * 2 < LongestPause ? pause * 2 : LongestPause;

    public static NpgsqlParameter Parameter(object value) => value is DateTimeOffset time
        ? new NpgsqlParameter { Value = time.UtcDateTime, NpgsqlDbType = NpgsqlDbType.TimestampTz }
        : new NpgsqlParameter { Value = value };

    public ValueTask DisposeAsync() => _source.DisposeAsync();

    private static NpgsqlConnectionStringBuilder Read(string text)
    {
        try
        {
            var settings = new NpgsqlConnectionStringBuilder(text);
            // The statements are few and the same all the time; whoever sets these knows better, behind a pooler for instance.
            if (settings.MaxAutoPrepare == 0 && !text.Contains("Auto Prepare", StringComparison.OrdinalIgnoreCase))
                (settings.MaxAutoPrepare, settings.AutoPrepareMinUsages) = (200, 2);
            settings.ApplicationName ??= "voltwright";
            // Compiling a question takes longer than answering it: all are short.
            settings.Options ??= "-c jit=off";
            // Nothing is set for longer than a transaction.
            settings.NoResetOnClose = true;
            // A host that was away is tried again at once, not only after ten seconds.
            settings.HostRecheckSeconds = 1;
            settings.IncludeErrorDetail = false;
            return settings;
        }
        catch (ArgumentException e)
        {
            throw new StoreUnavailableException(
                $"The PostgreSQL connection string cannot be read: {e.Message} Write 'Host=…;Database=…;Username=…;Password=…'.", e);
        }
    }
}
