namespace Voltwright.Storage;

/// <summary>One commit on its way to the disk, with its events as text.</summary>
internal sealed class JournalEntry(Commit commit, DateTimeOffset at, ReadOnlyMemory<byte>[] eventTexts, ReadOnlyMemory<byte> bytes = default)
{
    public Commit Commit => commit;

    public DateTimeOffset At => at;

    /// <summary>The commit's events as UTF-8 JSON.</summary>
    public ReadOnlyMemory<byte>[] EventTexts => eventTexts;

    /// <summary>The entry as SQLite's journal holds it; empty elsewhere, and when it is written.</summary>
    public ReadOnlyMemory<byte> Bytes { get; private set; } = bytes;

    /// <summary>How many bytes it is in the journal.</summary>
    public int Size { get; } = bytes.Length;

    /// <summary>How many positions it takes: each event has one of its own, and a commit without events takes one.</summary>
    public int Span => Math.Max(1, EventTexts.Length);

    /// <summary>The position of its last event; the writer gives it.</summary>
    public long Position { get; set; }

    /// <summary>It stays in memory for a while; what it is made of is there already.</summary>
    public void ForgetBytes() => Bytes = default;

    public static JournalEntry Of(Commit commit, DateTimeOffset at) => new(commit, at, TextsOf(commit.Events));

    public static ReadOnlyMemory<byte>[] TextsOf(IReadOnlyList<Jq.JsonValue> events)
    {
        var texts = new ReadOnlyMemory<byte>[events.Count];
        for (var i = 0; i < texts.Length; i++)
            texts[i] = events[i].ToUtf8();
        return texts;
    }

    public long PositionOf(int eventIndex) => Position - EventTexts.Length + 1 + eventIndex;
}
