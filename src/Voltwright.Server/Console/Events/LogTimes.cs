using Voltwright.Storage;

namespace Voltwright.Server.Console.Events;

/// <summary>Finds what the log says of a stretch of time, however long ago it was.</summary>
internal static class LogTimes
{
    private const int AtOnce = 500;
    private const int MostEvents = 10_000;

    /// <summary>Positions that are looked at before the stretch, for what came out of order.</summary>
    private const int Slack = 1_000;

    /// <summary>The events of that stretch that are wanted, newest first. Some of other times may be among those that are asked for.</summary>
    /// <param name="end">Null for the end of the log.</param>
    /// <param name="most">Once so many are found, the search is over.</param>
    public static async Task<List<StoredEvent>> FindBetweenAsync(
        this IStore store, EventQuery query, DateTimeOffset begin, DateTimeOffset? end, Func<StoredEvent, bool> isWanted, CancellationToken cancellation,
        int most = int.MaxValue)
    {
        var found = new List<StoredEvent>();
        var before = end is { } last ? await PlaceAsync(store, query.Subject, last, cancellation) : null;
        var first = await PlaceAsync(store, query.Subject, begin, cancellation) ?? store.LastEventPosition;
        var stretch = query with { After = Math.Max(0, first - Slack) };
        for (var searched = 0; searched < MostEvents && found.Count < most;)
        {
            var events = await store.FindEventsAsync(stretch, before, AtOnce, cancellation);
            found.AddRange(events.Where(isWanted).Take(most - found.Count));
            searched += events.Count;
            if (events.Count < AtOnce)
                break;
            before = events[^1].Position;
        }

        return found;
    }

    /// <summary>
    /// A position behind which everything of the subject is later than that; null when that is the end of the log. Found by halving, since events
    /// are in order of time but for a few: those that a station kept while it was offline, and those of clocks that are wrong.
    /// </summary>
    private static async Task<long?> PlaceAsync(IStore store, string? subject, DateTimeOffset time, CancellationToken cancellation)
    {
        var (low, high) = (0L, store.LastEventPosition + 1);
        if (!await IsLaterAsync(high))
            return null;
        while (high - low > 1)
        {
            var middle = low + ((high - low) / 2);
            if (await IsLaterAsync(middle))
                high = middle;
            else
                low = middle;
        }

        return high;

        // Two of the last three before the position: one that is out of order does not decide.
        async Task<bool> IsLaterAsync(long position)
        {
            var events = await store.FindEventsAsync(new EventQuery(subject), position, 3, cancellation);
            return events.Count(e => EventWords.TimeOf(e.Envelope) > time) * 2 > events.Count;
        }
    }
}
