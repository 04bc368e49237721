using System.Collections.Concurrent;

namespace Voltwright.Storage.Sqlite;

/// <summary>
/// What is committed but not yet in the tables, for readers. The writer adds what the disk has, the <see cref="Projector"/> removes what the
/// tables have.
/// </summary>
internal sealed class Unprojected
{
    private readonly ConcurrentDictionary<string, Head> _heads = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, ReadOnlyMemory<byte>> _replies = new(StringComparer.Ordinal);

    public Head? FindHead(string stream) => _heads.GetValueOrDefault(stream);

    public ReadOnlyMemory<byte>? FindReply(string key) => _replies.TryGetValue(key, out var body) ? body : default(ReadOnlyMemory<byte>?);

    public void Add(JournalEntry entry)
    {
        foreach (var write in entry.Commit.Writes)
            _heads[write.Stream] = new Head(write.NextVersion, write.State, entry.Position);
        if (entry.Commit.Reply is { } reply)
            _replies[reply.Key] = reply.Body;
    }

    /// <summary>The tables have the entry now; a head that moved on meanwhile stays.</summary>
    public void Remove(JournalEntry entry)
    {
        foreach (var write in entry.Commit.Writes)
        {
            if (_heads.TryGetValue(write.Stream, out var head) && head.Position <= entry.Position)
                _heads.TryRemove(KeyValuePair.Create(write.Stream, head));
        }

        if (entry.Commit.Reply is { } reply)
            _replies.TryRemove(reply.Key, out _);
    }

    /// <param name="version">0 when the stream was removed.</param>
    internal sealed class Head(long version, ReadOnlyMemory<byte>? body, long position)
    {
        public long Version => version;

        public ReadOnlyMemory<byte>? Body => body;

        public long Position => position;
    }
}
