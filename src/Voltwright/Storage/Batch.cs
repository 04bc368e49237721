namespace Voltwright.Storage;

/// <summary>The commits of one transaction, consistent with what is committed and with each other.</summary>
/// <param name="versionOf">The committed version of a stream; 0 when there is none.</param>
/// <param name="hasReply">Whether a reply is committed under that key.</param>
internal sealed class Batch(Func<string, long> versionOf, Func<string, bool> hasReply)
{
    private readonly Dictionary<string, long> _versions = new(StringComparer.Ordinal);
    private readonly HashSet<string> _replies = new(StringComparer.Ordinal);
    private readonly List<JournalEntry> _entries = [];

    /// <summary>Takes the entry into the batch, or says why not; then the others go on without it.</summary>
    public StaleVersionException? Refuses(JournalEntry entry)
    {
        var writes = entry.Commit.Writes;
        for (var i = 0; i < writes.Count; i++)
        {
            var found = VersionBefore(writes, i);
            if (found != writes[i].ExpectedVersion)
                return new StaleVersionException(writes[i].Stream, writes[i].ExpectedVersion, found);
        }

        if (entry.Commit.Reply is { } reply && !IsNew(reply.Key))
            return new StaleVersionException("reply/" + reply.Key, 0, 1);
        foreach (var write in writes)
            _versions[write.Stream] = write.NextVersion;
        if (entry.Commit.Reply is not null)
            _replies.Add(entry.Commit.Reply.Key);
        _entries.Add(entry);
        return null;
    }

    /// <summary>The entries taken; the batch is empty again.</summary>
    public List<JournalEntry> Take()
    {
        List<JournalEntry> taken = [.. _entries];
        _entries.Clear();
        _versions.Clear();
        _replies.Clear();
        return taken;
    }

    private long VersionBefore(IReadOnlyList<StreamWrite> writes, int index)
    {
        var stream = writes[index].Stream;
        for (var i = index - 1; i >= 0; i--)
        {
            if (writes[i].Stream == stream)
                return writes[i].NextVersion;
        }

        return _versions.TryGetValue(stream, out var version) ? version : versionOf(stream);
    }

    private bool IsNew(string key) => !_replies.Contains(key) && !hasReply(key);
}
