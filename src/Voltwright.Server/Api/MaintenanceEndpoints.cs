using Microsoft.AspNetCore.Http.Features;
using Voltwright.Maintenance;
using Voltwright.Server.Auth;
using Voltwright.Server.Problems;
using Voltwright.Storage;

namespace Voltwright.Server.Api;

/// <summary>Firmware campaigns, and logs that stations upload.</summary>
internal static class MaintenanceEndpoints
{
    public static void MapMaintenance(this RouteGroupBuilder api)
    {
        var firmware = api.MapGroup("/firmware").WithTags("Maintenance");
        firmware.MapPost("", StartAsync).Allow(Access.Operate).KeepsToSight().Produces<FirmwareCampaign>(201)
            .WithSummary("Has stations install firmware; those that are away are told when they are back");
        firmware.MapGet("", ListCampaignsAsync).Allow(Access.Read).KeepsToSight().Produces<Listed<FirmwareCampaign>>().WithSummary("Lists firmware campaigns");
        firmware.MapGet("/{campaignId}", GetCampaignAsync).Allow(Access.Read).KeepsToSight().Produces<Progress>()
            .WithSummary("Shows a campaign, and how far each station is");

        api.MapPost("/stations/{stationId}/logs", AskAsync).WithTags("Maintenance").OfStation().Allow(Access.Operate).Produces<LogView>(202)
            .WithSummary("Has a station upload its diagnostics or security log");
        var logs = api.MapGroup("/logs").WithTags("Maintenance");
        logs.MapGet("", ListLogsAsync).Allow(Access.Read).KeepsToSight().Produces<Listed<LogView>>().WithSummary("Lists logs that stations were asked for");
        logs.MapGet("/{logId}", GetLogAsync).Allow(Access.Read).OfRecord("log", "logId").Produces<LogView>().WithSummary("Shows a log with the files received");
        logs.MapGet("/{logId}/files/{name}", DownloadAsync).Allow(Access.Operate).OfRecord("log", "logId").Produces<byte[]>(200, "application/octet-stream")
            .WithSummary("Downloads a file of a log");
    }

    /// <summary>Stations come here with the address that they were given, and nothing else.</summary>
    public static void MapUploads(this WebApplication app)
    {
        app.MapMethods("/uploads/{logId}/{secret}/{name?}", ["PUT", "POST"], ReceiveAsync).AllowAnonymous().ExcludeFromDescription();
    }

    private static async Task<IResult> StartAsync(
        NewCampaign wanted, Sight sight, FirmwareUpdates updates, TimeProvider time, CancellationToken cancellation)
    {
        if (wanted.StationIds.FirstOrDefault(s => !sight.Sees(s)) is { } foreign)
            return StationEndpoints.NotFound(foreign);
        var campaign = new FirmwareCampaign(
            "", wanted.Location, wanted.Version, wanted.RetrieveAt ?? time.GetUtcNow(), wanted.InstallAt, wanted.SigningCertificate,
            wanted.Signature, wanted.Retries, wanted.RetryIntervalSeconds, 0, default);
        var started = await updates.StartAsync(campaign, wanted.StationIds, cancellation);
        return started.ToResult(c => TypedResults.Created($"/api/v2/firmware/{c.Id}", c));
    }

    private static async Task<IResult> ListCampaignsAsync(
        IStore store, Sight sight, FirmwareUpdates updates, CancellationToken cancellation, int? limit = null, string? after = null)
    {
        var campaigns = await store.ListAsync(
            "firmware", limit, after, body => DomainJson.Read(body, DomainJson.Default.FirmwareCampaign), cancellation);
        if (sight.IsAll)
            return TypedResults.Ok(campaigns);
        var seen = new List<FirmwareCampaign>();
        foreach (var campaign in campaigns.Items)
        {
            if ((await updates.StepsAsync(campaign.Id, cancellation)).Any(s => sight.Sees(s.StationId)))
                seen.Add(campaign);
        }

        return TypedResults.Ok(campaigns with { Items = seen });
    }

    private static async Task<IResult> GetCampaignAsync(
        string campaignId, Sight sight, FirmwareUpdates updates, CancellationToken cancellation)
    {
        var steps = (await updates.StepsAsync(campaignId, cancellation)).Where(s => sight.Sees(s.StationId)).ToList();
        if (await updates.FindAsync(campaignId, cancellation) is not { } campaign || (steps.Count == 0 && !sight.IsAll))
            return Problem.NotFound($"There is no firmware campaign '{campaignId}'.").ToResult();
        return TypedResults.Ok(new Progress(campaign, steps.CountBy(s => s.Status).ToDictionary(), steps));
    }

    private static async Task<IResult> AskAsync(string stationId, LogWish wanted, LogTransfers logs, CancellationToken cancellation)
    {
        var asked = await logs.AskAsync(stationId, wanted.Kind, wanted.From, wanted.To, cancellation);
        return asked.ToResult(t => TypedResults.Accepted($"/api/v2/logs/{t.Id}", LogView.Of(t)));
    }

    private static async Task<IResult> ListLogsAsync(
        IStore store, Sight sight, CancellationToken cancellation, string? stationId = null, string? status = null, int? limit = null, string? after = null) =>
        TypedResults.Ok(await store.ListAsync(
            "log", limit, after, body => LogView.Of(DomainJson.Read(body, DomainJson.Default.LogTransfer)), cancellation,
            [.. sight.Narrow(stationId), ("status", status)]));

    private static async Task<IResult> GetLogAsync(string logId, LogTransfers logs, CancellationToken cancellation) =>
        await logs.FindAsync(logId, cancellation) is { } transfer ? TypedResults.Ok(LogView.Of(transfer)) : NoLog(logId);

    private static async Task<IResult> DownloadAsync(string logId, string name, LogTransfers logs, CancellationToken cancellation)
    {
        if (await logs.FindAsync(logId, cancellation) is not { } transfer)
            return NoLog(logId);
        return await logs.FindFileAsync(transfer, name) is { } copy
            ? TypedResults.Stream(to => copy(to, cancellation), "application/octet-stream", name)
            : Problem.NotFound($"Log {logId} has no file '{name}'.").ToResult();
    }

    private static async Task<IResult> ReceiveAsync(
        HttpContext context, string logId, string secret, LogTransfers logs, CancellationToken cancellation, string? name = null)
    {
        // One answer for whatever is wrong with the address: it tells a guesser nothing.
        if (await logs.OpenAsync(logId, secret, cancellation) is not { } transfer)
            return Problem.NotFound("Nothing is expected at this address.").ToResult();
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = transfer.MaxBytes + (64 * 1024);
        if (context.Request.ContentLength > transfer.MaxBytes + (64 * 1024))
            return TooLarge(transfer);
        if (!context.Request.HasFormContentType)
            return Answer(transfer, await logs.ReceiveAsync(transfer, name ?? transfer.AnnouncedName, context.Request.Body, cancellation));
        var form = await context.Request.ReadFormAsync(new FormOptions { MultipartBodyLengthLimit = transfer.MaxBytes }, cancellation);
        if (form.Files is not [var file, ..])
            return Problem.Invalid("The form has no file in it.").ToResult();
        await using var content = file.OpenReadStream();
        return Answer(transfer, await logs.ReceiveAsync(transfer, file.FileName, content, cancellation));
    }

    private static IResult Answer(LogTransfer transfer, LogTransfer? received) =>
        received is null ? TooLarge(transfer) : TypedResults.NoContent();

    private static IResult TooLarge(LogTransfer transfer) =>
        Problem.Of("too-large", "Too large", 413, $"A file may have {transfer.MaxBytes} bytes here.").ToResult();

    private static IResult NoLog(string logId) => Problem.NotFound($"There is no log '{logId}'.").ToResult();

    /// <param name="Location">URL of the firmware, for the stations to fetch.</param>
    /// <param name="Version">What stations call themselves by when they have it: they count as done when they boot with it.</param>
    /// <param name="SigningCertificate">PEM; with <paramref name="Signature"/> in base64.</param>
    internal sealed record NewCampaign(
        string Location, IReadOnlyList<string> StationIds, string? Version = null, DateTimeOffset? RetrieveAt = null,
        DateTimeOffset? InstallAt = null, string? SigningCertificate = null, string? Signature = null, int? Retries = null,
        int? RetryIntervalSeconds = null);

    internal sealed record Progress(FirmwareCampaign Campaign, IReadOnlyDictionary<string, int> Counts, IReadOnlyList<FirmwareStep> Stations);

    /// <param name="Kind"><c>diagnostics</c> or <c>security</c>.</param>
    internal sealed record LogWish(string Kind = "diagnostics", DateTimeOffset? From = null, DateTimeOffset? To = null);
}

/// <summary>A log as the API shows it: without what its address is made of.</summary>
public sealed record LogView(
    string Id, string StationId, string Kind, int RequestId, string Status, DateTimeOffset AskedAt, DateTimeOffset ExpiresAt,
    IReadOnlyList<LogFile> Files, string? Problem)
{
    public static LogView Of(LogTransfer t) => new(t.Id, t.StationId, t.Kind, t.RequestId, t.Status, t.AskedAt, t.ExpiresAt, t.Files, t.Problem);
}
