namespace Voltwright.Storage;

/// <summary>One commit on its way to the disk, with its events as text.</summary>
internal sealed class JournalEntry(Commit commit, DateTimeOffset at, ReadOnlyMemory<byte>[] eventTexts)
{
    public Commit Commit => commit;

    public DateTimeOffset At => at;

    /// <summary>The commit's events as UTF-8 JSON.</summary>
    public ReadOnlyMemory<byte>[] EventTexts => eventTexts;

    /// <summary>About how many bytes it takes, in a journal and in memory.</summary>
    public int Size { get; } = SizeOf(commit, eventTexts);

    /// <summary>How many positions it takes: each event has one of its own, and a commit without events takes one.</summary>
    public int Span => Math.Max(1, EventTexts.Length);

    /// <summary>The position of its last event; the writer gives it.</summary>
    public long Position { get; set; }

    public static JournalEntry Of(Commit commit, DateTimeOffset at) => new(commit, at, TextsOf(commit.Events));

    public static ReadOnlyMemory<byte>[] TextsOf(IReadOnlyList<Jq.JsonValue> events)
    {
        var texts = new ReadOnlyMemory<byte>[events.Count];
        for (var i = 0; i < texts.Length; i++)
            texts[i] = events[i].ToUtf8();
        return texts;
    }

    public long PositionOf(int eventIndex) => Position - EventTexts.Length + 1 + eventIndex;

    private static int SizeOf(Commit commit, ReadOnlyMemory<byte>[] eventTexts)
    {
        var size = commit.Reply?.Body.Length ?? 0;
        foreach (var write in commit.Writes)
            size += (write.State?.Length ?? 0) + (write.Record?.Length ?? 0);
        foreach (var text in eventTexts)
            size += text.Length;
        return size;
    }
}
