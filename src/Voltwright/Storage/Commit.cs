using Voltwright.Jq;

namespace Voltwright.Storage;

/// <summary>What one decision wants to persist: all of it or nothing. Its bytes are the store's from then on: never change them.</summary>
public sealed record Commit
{
    public IReadOnlyList<StreamWrite> Writes { get; init; } = [];

    /// <summary>CloudEvent envelopes for the log, in the order in which they happened.</summary>
    public IReadOnlyList<JsonValue> Events { get; init; } = [];

    public IReadOnlyList<TimerChange> Timers { get; init; } = [];

    public IReadOnlyList<RecordLimit> Forget { get; init; } = [];

    /// <summary>The answer to keep under the request's idempotency key.</summary>
    public Reply? Reply { get; init; }
}

/// <summary>The next state of a stream. <paramref name="ExpectedVersion"/> 0 means: the stream must be new.</summary>
/// <param name="State">UTF-8 JSON; null removes the stream (its records stay).</param>
/// <param name="Record">UTF-8 JSON that says what happened; null when the state says it all.</param>
public sealed record StreamWrite(string Stream, long ExpectedVersion, ReadOnlyMemory<byte>? State, ReadOnlyMemory<byte>? Record = null)
{
    /// <summary>The stream's version after this write; 0 when it removes the stream.</summary>
    public long NextVersion => State is null ? 0 : ExpectedVersion + 1;
}

/// <summary>Sets a timer, moves it, or clears it when <paramref name="DueAt"/> is null.</summary>
/// <param name="Stream">Whose timer it is: the stream's owner is woken.</param>
/// <param name="Name">Unique within the stream.</param>
public sealed record TimerChange(string Stream, string Name, DateTimeOffset? DueAt);

/// <summary>Forgets a stream's records up to a version, so that a long life does not grow without bound.</summary>
public sealed record RecordLimit(string Stream, long UpToVersion);

public sealed record Reply(string Key, ReadOnlyMemory<byte> Body);
