using Voltwright.Jq;

namespace Voltwright.Storage;

public sealed record StoredState(long Version, ReadOnlyMemory<byte> Body);

public sealed record ListedState(string Stream, long Version, ReadOnlyMemory<byte> Body);

public sealed record StoredRecord(string Stream, long Version, DateTimeOffset At, ReadOnlyMemory<byte> Body);

public sealed record StoredEvent(long Position, JsonValue Envelope);

public sealed record Timer(string Stream, string Name, DateTimeOffset DueAt);

/// <summary>One page of a list; <paramref name="Next"/> is the cursor of the following one, null at the end.</summary>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Next);
