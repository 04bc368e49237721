namespace Voltwright.Storage.Postgres;

/// <summary>What a commit tells the other processes at once: that the log went on, and which settings changed.</summary>
internal static class Announcements
{
    public const string Channel = "voltwright";

    /// <summary>The log went on.</summary>
    public const string Log = "log";

    /// <summary>Kinds of streams that processes keep in memory and must hear of.</summary>
    private static readonly HashSet<string> Settings = ["key", "workflow", "tariff"];

    /// <summary><see cref="Log"/>, or the name of a stream.</summary>
    public static IEnumerable<string> Of(IReadOnlyList<JournalEntry> entries)
    {
        if (entries.Any(e => e.EventTexts.Length > 0))
            yield return Log;
        foreach (var stream in entries.SelectMany(e => e.Commit.Writes).Select(w => w.Stream).Where(IsSetting).Distinct())
            yield return stream;
    }

    public static bool IsSetting(string stream) => Settings.Contains(StreamName.KindOf(stream));
}
