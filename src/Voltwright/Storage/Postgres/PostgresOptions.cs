namespace Voltwright.Storage.Postgres;

/// <summary>Which database, and how long to bear with it.</summary>
public sealed record PostgresOptions(string ConnectionString)
{
    /// <summary>How long a commit or question waits for a server that restarts or fails over, before it is refused.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Events and records of months that ended longer ago are dropped; null keeps all.</summary>
    public TimeSpan? HistoryKept { get; init; }
}
