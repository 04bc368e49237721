using Voltwright.Jq;
using Voltwright.Storage;

namespace Voltwright.Events;

/// <summary>Where events from outside enter the log. An event is the same when source and id are, whoever sends it again.</summary>
public sealed class EventLog(IStore store)
{
    private static readonly byte[] Seen = "true"u8.ToArray();

    /// <summary>False when the log has that event already.</summary>
    public async Task<bool> PublishAsync(JsonValue envelope, CancellationToken cancellation)
    {
        var key = $"event:{envelope["source"].AsString()}#{envelope["id"].AsString()}";
        if (await store.FindReplyAsync(key, cancellation) is not null)
            return false;
        try
        {
            await store.CommitAsync(new Commit { Events = [envelope], Reply = new Reply(key, Seen) }, cancellation);
            return true;
        }
        catch (StaleVersionException)
        {
            return false;
        }
    }
}
