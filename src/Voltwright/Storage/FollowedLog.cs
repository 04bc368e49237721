using System.Runtime.CompilerServices;

namespace Voltwright.Storage;

/// <summary>The event log for readers: its newest part from memory, the rest from the table.</summary>
internal sealed class FollowedLog(RecentEvents recent, Func<long, int, CancellationToken, ValueTask<List<StoredEvent>>> readTable)
{
    private const int AtOnce = 256;

    public async ValueTask<IReadOnlyList<StoredEvent>> ReadAsync(long after, int limit, CancellationToken cancellation)
    {
        var read = new List<StoredEvent>();
        while (true)
        {
            if (recent.Read(after, limit - read.Count, out var floor) is { } rest)
                return [.. read, .. rest];
            read.AddRange(await readTable(after, limit - read.Count, cancellation));
            if (read.Count == limit)
                return read;
            // The table ended before the page did: memory goes on, from the floor that the table reaches at least.
            after = Math.Max(floor, read.Count > 0 ? read[^1].Position : 0);
        }
    }

    public async IAsyncEnumerable<StoredEvent> FollowAsync(long after, [EnumeratorCancellation] CancellationToken cancellation)
    {
        while (true)
        {
            var more = recent.NextEvent();
            var events = await ReadAsync(after, AtOnce, cancellation);
            if (events.Count == 0)
                await more.WaitAsync(cancellation);
            foreach (var e in events)
            {
                cancellation.ThrowIfCancellationRequested();
                yield return e;
                after = e.Position;
            }
        }
    }
}
