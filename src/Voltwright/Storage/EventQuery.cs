namespace Voltwright.Storage;

/// <summary>Which events of the log somebody looks for; null takes all.</summary>
/// <param name="Subject">The station's id, mostly.</param>
/// <param name="Types">Any of these types.</param>
/// <param name="After">The search ends at this position, which is not in it.</param>
public sealed record EventQuery(string? Subject = null, IReadOnlyList<string>? Types = null, long After = 0)
{
    private const int PositionsAtOnce = 2_000;

    public bool Takes(StoredEvent e) =>
        e.Position > After && (Subject is null || e.Envelope["subject"] == Subject)
        && (Types is null || (e.Envelope["type"].TryGetString(out var type) && Types.Contains(type)));

    /// <summary>Walks the log backwards, for a store that has no index to ask.</summary>
    internal async ValueTask<IReadOnlyList<StoredEvent>> SearchAsync(IStore store, long before, int limit, CancellationToken cancellation)
    {
        var found = new List<StoredEvent>();
        while (before > After + 1 && found.Count < limit)
        {
            var after = Math.Max(After, before - 1 - PositionsAtOnce);
            var read = await store.ReadEventsAsync(after, PositionsAtOnce, cancellation);
            found.AddRange(read.Where(e => e.Position < before && Takes(e)).Reverse().Take(limit - found.Count));
            before = after + 1;
        }

        return found;
    }
}
