namespace Voltwright.Maintenance;

/// <summary>One firmware for many stations: <c>firmware/{id}</c>.</summary>
/// <param name="Location">Where stations fetch it.</param>
/// <param name="Version">What they call themselves by when they have it; null when that is not known.</param>
/// <param name="RetrieveAt">Not fetched before.</param>
/// <param name="InstallAt">Not installed before; only signed firmware can wait.</param>
/// <param name="SigningCertificate">PEM; with <paramref name="Signature"/> (base64) stations check what they fetched.</param>
[GenerateSerializer, Immutable]
public sealed record FirmwareCampaign(
    string Id, string Location, string? Version, DateTimeOffset RetrieveAt, DateTimeOffset? InstallAt, string? SigningCertificate,
    string? Signature, int? Retries, int? RetryIntervalSeconds, int Stations, DateTimeOffset CreatedAt);

/// <summary>How far one station is with a campaign: <c>firmware-step/{campaign}:{station}</c>.</summary>
/// <param name="Status">
/// <c>wanted</c> (not told yet), <c>told</c>, <c>refused</c>, then what the station says: downloading, downloaded, installing, installed, …
/// </param>
/// <param name="RequestId">What the station calls the update by, where its version has a word for it.</param>
public sealed record FirmwareStep(
    string CampaignId, string StationId, int RequestId, string Status, DateTimeOffset At, string? Problem = null, bool IsOver = false);

/// <summary>Which campaign a station is in: <c>firmware-turn/{station}</c>. The newest wins.</summary>
public sealed record FirmwareTurn(string CampaignId);
