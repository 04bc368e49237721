namespace Voltwright.Storage.Postgres;

/// <summary>The only writer of this process: gathers all waiting commits, writes them in one transaction, then answers them all.</summary>
internal sealed class PostgresWriter(
    PostgresConnections connections, PostgresOptions options, PostgresTail tail, PostgresUpkeep upkeep, TimeProvider clock)
    : IAsyncDisposable
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(20);

    private readonly CommitQueue _queue = new();
    private readonly PostgresTransaction _transaction = new(connections);
    private Task _working = Task.CompletedTask;

    /// <summary>Called by the writer, in commit order, once the change is durable.</summary>
    public event Action<TimerChange>? TimerChanged;

    public void Start() => _working = Task.Run(WorkAsync);

    public async ValueTask<long> CommitAsync(JournalEntry entry, CancellationToken cancellation)
    {
        var waiting = new CommitQueue.Waiting(entry);
        await _queue.EnqueueAsync(waiting, cancellation);
        // From here on it may be durable: giving up would leave the caller in doubt.
        return await waiting.Task;
    }

    public async ValueTask DisposeAsync()
    {
        _queue.Close();
        await _working;
        await _transaction.DisposeAsync();
    }

    private async Task WorkAsync()
    {
        var gathered = new List<CommitQueue.Waiting>(CommitQueue.AtOnce);
        while (await _queue.WaitAsync())
        {
            _queue.Take(gathered);
            await CommitAsync(gathered);
            gathered.Clear();
        }
    }

    private async Task CommitAsync(List<CommitQueue.Waiting> gathered)
    {
        var (began, pause, lacksMonths) = (clock.GetTimestamp(), FirstPause, false);
        _transaction.BeginBatch();
        while (true)
        {
            try
            {
                if (lacksMonths)
                    await upkeep.EnsureMonthsAsync(gathered.Select(w => w.Entry.At), CancellationToken.None);
                lacksMonths = false;
                await WriteAsync(gathered);
                return;
            }
            catch (Exception e) when (PostgresErrors.IsOfAPartition(e) && clock.GetElapsedTime(began) < options.Patience)
            {
                lacksMonths = true;
            }
            catch (Exception e) when (PostgresErrors.IsPassing(e) && clock.GetElapsedTime(began) < options.Patience)
            {
                await Task.Delay(pause, clock);
                pause = PostgresConnections.Longer(pause);
            }
            catch (Exception e) when (gathered.Count > 1 && PostgresErrors.IsOfTheCommit(e))
            {
                // One of them cannot be written; it must not keep the others from it.
                foreach (var waiting in gathered.ToList())
                    await CommitAsync([waiting]);
                return;
            }
            catch (Exception e)
            {
                var explained = PostgresErrors.IsOfTheCommit(e) ? e : PostgresErrors.Explain(e, connections.Place);
                foreach (var waiting in gathered)
                    waiting.TrySetException(explained);
                return;
            }
        }
    }

    private async Task WriteAsync(List<CommitQueue.Waiting> gathered)
    {
        var byEntry = gathered.ToDictionary(w => w.Entry);
        var written = await _transaction.AttemptAsync(
            [.. byEntry.Keys], (entry, reason) => byEntry[entry].TrySetException(reason), clock.GetUtcNow());
        tail.Own = _transaction.ServerProcess;
        tail.Committed(written);
        foreach (var entry in written)
        {
            foreach (var timer in entry.Commit.Timers)
                TimerChanged?.Invoke(timer);
            byEntry[entry].TrySetResult(entry.Position);
        }

        // A later attempt that found the batch landed knows only who is in it: whoever is not was refused then.
        foreach (var waiting in gathered.Where(w => !w.Task.IsCompleted))
            waiting.TrySetException(Stale(waiting.Entry.Commit));
    }

    private static StaleVersionException Stale(Commit commit) => commit.Writes.Count > 0
        ? new StaleVersionException(commit.Writes[0].Stream, commit.Writes[0].ExpectedVersion, -1)
        : new StaleVersionException($"reply/{commit.Reply?.Key}", 0, 1);
}
