namespace Voltwright.Storage;

public static class NextEvents
{
    /// <summary>Completes when there is an event after that position.</summary>
    public static async Task NextEventAsync(this IStore store, long after, CancellationToken cancellation)
    {
        await foreach (var _ in store.FollowEventsAsync(after, cancellation))
            return;
    }
}
