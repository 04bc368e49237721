using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Voltwright.Maintenance;

/// <summary>A log that a station was asked to send us: <c>log/{id}</c>.</summary>
/// <param name="Kind"><c>diagnostics</c> or <c>security</c>.</param>
/// <param name="Status"><c>asked</c>, then what the station says: uploading, uploaded, upload-failed, …; <c>received</c> when a file is here.</param>
/// <param name="TokenHash">Of the secret in the address that the station was given.</param>
/// <param name="ExpiresAt">When that address ends.</param>
/// <param name="MaxBytes">Of one file.</param>
public sealed record LogTransfer(
    string Id, string StationId, string Kind, int RequestId, string Status, string TokenHash, DateTimeOffset AskedAt, DateTimeOffset ExpiresAt,
    long MaxBytes, ImmutableArray<LogFile> Files, string? AnnouncedName = null, string? Problem = null)
{
    [JsonIgnore]
    public bool IsFull => Files.Length >= 10;
}

/// <param name="Name">As it is kept here, for downloading.</param>
/// <param name="Sha256">Hexadecimal.</param>
public sealed record LogFile(string Name, long Bytes, string Sha256, DateTimeOffset ReceivedAt);
