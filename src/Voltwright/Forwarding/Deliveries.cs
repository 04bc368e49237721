using Voltwright.Jq;
using Voltwright.Storage;

namespace Voltwright.Forwarding;

/// <summary>The latest attempts to send to a destination, as they are kept beside its progress.</summary>
public static class Deliveries
{
    private const int ReadAtOnce = 200;

    /// <summary>Newest first.</summary>
    public static async Task<IReadOnlyList<Attempt>> ListAsync(IStore store, string destination, int limit, CancellationToken cancellation)
    {
        var records = await store.ReadRecordsAsync(ForwardingState.StreamOf(destination), 0, ReadAtOnce, cancellation);
        return [.. records.Reverse().SelectMany(r => JsonValue.Parse(r.Body.Span)["attempts"].AsArray().Reverse()).Select(Attempt.Read).Take(limit)];
    }

    /// <summary>Null when there were none.</summary>
    internal static ReadOnlyMemory<byte>? Write(IReadOnlyCollection<Attempt> attempts)
    {
        if (attempts.Count == 0)
            return null;
        JsonValue record = JsonObject.Of(("attempts", JsonArray.From(attempts.Select(a => (JsonValue)a.ToJson()))));
        return record.ToUtf8();
    }
}
