using Microsoft.Extensions.Logging;
using Npgsql;

namespace Voltwright.Storage.Postgres;

/// <summary>
/// Keeps the newest events of all processes in memory, in order and without gaps, and passes on which settings changed. Woken by
/// notifications; looks by itself now and then, so that a lost one only delays.
/// </summary>
internal sealed class PostgresTail(PostgresConnections connections, PostgresReaders readers, TimeProvider clock, ILogger? log)
    : IAsyncDisposable
{
    private const int ReadAtOnce = 2048;
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan AfterFailure = TimeSpan.FromMilliseconds(200);

    private readonly Lock _lock = new();
    private readonly SemaphoreSlim _behind = new(0, 1);
    private readonly CancellationTokenSource _stopping = new();
    private long _known;
    private Task _listening = Task.CompletedTask;
    private Task _reading = Task.CompletedTask;

    public RecentEvents Recent { get; private set; } = new(0);

    /// <summary>Everything up to here is in memory or in the table, and no older event will come.</summary>
    public long Known => Interlocked.Read(ref _known);

    /// <summary>The server's process that commits for this one: what it announces is known here.</summary>
    public int Own { get; set; }

    /// <summary>The stream of a setting that another process changed; null when any may have changed.</summary>
    public event Action<string?>? SettingChanged;

    public async Task StartAsync(CancellationToken cancellation)
    {
        (_known, _) = await readers.ReadLogAsync(long.MaxValue - 1, 1, cancellation);
        Recent = new RecentEvents(_known);
        _listening = Task.Run(ListenAsync, CancellationToken.None);
        _reading = Task.Run(ReadAsync, CancellationToken.None);
    }

    /// <summary>This process's own commits need not be read again, unless another's came between.</summary>
    public void Committed(List<JournalEntry> entries)
    {
        if (entries.Count == 0)
            return;
        lock (_lock)
        {
            if (entries[0].Position - entries[0].Span == _known)
            {
                Recent.Add(entries);
                Advance(entries[^1].Position);
                return;
            }
        }

        Wake();
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await Task.WhenAll(_listening, _reading);
        Recent.Close();
        _stopping.Dispose();
        _behind.Dispose();
    }

    private void Advance(long position)
    {
        Interlocked.Exchange(ref _known, position);
        Recent.Trim(position);
    }

    private void Wake()
    {
        lock (_behind)
        {
            if (_behind.CurrentCount == 0)
                _behind.Release();
        }
    }

    private async Task ReadAsync()
    {
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                await _behind.WaitAsync(_stopping.Token);
                while (await CatchUpAsync())
                {
                }
            }
            catch (Exception) when (_stopping.IsCancellationRequested)
            {
                // Closing.
            }
            catch (Exception e)
            {
                log?.LogWarning("The event log could not be read: {Reason}", e.Message);
                await Task.Delay(AfterFailure, clock, _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                Wake();
            }
        }
    }

    /// <summary>True when there may be more.</summary>
    private async Task<bool> CatchUpAsync()
    {
        var (position, events) = await readers.ReadLogAsync(Known, ReadAtOnce, _stopping.Token);
        lock (_lock)
        {
            if (position > _known)
            {
                Recent.Add(events.Where(e => e.Position > _known));
                Advance(position);
            }
        }

        return events.Count == ReadAtOnce;
    }

    private async Task ListenAsync()
    {
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                await using var connection = await connections.OpenAsync(_stopping.Token);
                connection.Notification += (_, notification) => Heard(notification.PID, notification.Payload);
                await RunAsync(connection, $"LISTEN {Announcements.Channel}");
                // What was announced while nobody listened is not known.
                SettingChanged?.Invoke(null);
                Wake();
                while (true)
                {
                    if (await connection.WaitAsync(LookEvery, _stopping.Token))
                        continue;
                    await RunAsync(connection, "SELECT 1");
                    Wake();
                }
            }
            catch (Exception) when (_stopping.IsCancellationRequested)
            {
                // Closing.
            }
            catch (Exception e)
            {
                log?.LogDebug("Listening to PostgreSQL was interrupted: {Reason}", e.Message);
                await Task.Delay(AfterFailure, clock, _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private void Heard(int process, string announcement)
    {
        if (process == Own)
            return;
        if (announcement == Announcements.Log)
            Wake();
        else
            SettingChanged?.Invoke(announcement);
    }

    private static async Task RunAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
