namespace Voltwright.Storage.Backups;

// What a store consists of, row by row, each kind in the order in which it came to be.
internal sealed record StreamRow(string Stream, long Version, byte[] Body);

internal sealed record RecordRow(string Stream, long Version, DateTimeOffset At, byte[] Body);

internal sealed record EventRow(long Position, byte[] Body);

internal sealed record ReplyRow(string Key, DateTimeOffset At, byte[] Body);
