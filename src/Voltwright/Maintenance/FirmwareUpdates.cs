using Voltwright.Gateway;
using Voltwright.Stations;
using Voltwright.Storage;

namespace Voltwright.Maintenance;

/// <summary>Campaigns of firmware: told to stations when they listen, followed by what they report.</summary>
public sealed class FirmwareUpdates(IStore store, CommandDesk desk, TransactionNumbers numbers, UndeliveredWishes wishes, TimeProvider clock)
{
    private const string Kind = "firmware-step";
    private const int MostStations = 10_000;

    private static readonly string[] Ends =
        ["installed", "download-failed", "installation-failed", "invalid-signature", "install-verification-failed", "refused", "replaced"];

    public async Task<Outcome<FirmwareCampaign>> StartAsync(
        FirmwareCampaign wanted, IReadOnlyCollection<string> stations, CancellationToken cancellation)
    {
        if (stations.Count is 0 or > MostStations)
            return new Refusal(RefusalKind.Invalid, $"stationIds must name 1 to {MostStations} stations.");
        if (!Uri.TryCreate(wanted.Location, UriKind.Absolute, out _))
            return new Refusal(RefusalKind.Invalid, "location must be a URL that the stations can reach.");
        if (wanted.Signature is null != wanted.SigningCertificate is null)
            return new Refusal(RefusalKind.Invalid, "signature and signingCertificate belong together.");
        foreach (var id in stations)
        {
            if (await store.LoadAsync($"station/{id}", cancellation) is null)
                return new Refusal(RefusalKind.NotFound, $"Station {id} is not registered.");
        }

        var campaign = wanted with { Id = $"f-{Guid.CreateVersion7(clock.GetUtcNow()):N}", Stations = stations.Count, CreatedAt = clock.GetUtcNow() };
        var state = DomainJson.Write(campaign, DomainJson.Default.FirmwareCampaign);
        await store.CommitAsync(new Commit { Writes = [new($"firmware/{campaign.Id}", 0, state)] }, cancellation);
        foreach (var id in stations.Distinct(StringComparer.Ordinal))
            await BeginAsync(campaign.Id, id, cancellation);
        return campaign;
    }

    public async ValueTask<FirmwareCampaign?> FindAsync(string id, CancellationToken cancellation) =>
        await store.LoadAsync($"firmware/{id}", cancellation) is { } stored
            ? DomainJson.Read(stored.Body, DomainJson.Default.FirmwareCampaign)
            : null;

    public async Task<IReadOnlyList<FirmwareStep>> StepsAsync(string campaignId, CancellationToken cancellation) =>
        [.. (await store.ListAsync(Kind, [("campaignId", campaignId)], MostStations, null, cancellation)).Items
            .Select(s => DomainJson.Read(s.Body, DomainJson.Default.FirmwareStep))];

    /// <summary>Tells a connected station what it was not told yet.</summary>
    public async Task DeliverAsync(string stationId, CancellationToken cancellation)
    {
        if (await CurrentAsync(stationId, cancellation) is not { Step: { Status: "wanted" } step } current
            || await FindAsync(step.CampaignId, cancellation) is not { } campaign)
            return;
        var sent = await desk.SendAsync(stationId, new StationCommand.UpdateFirmware(step.RequestId, campaign), cancellation);
        if (sent is CommandOutcome.Offline or CommandOutcome.Silent)
            return;
        var problem = sent is CommandOutcome.Accepted ? null : CommandDesk.Reason(sent);
        await SetAsync(current.Version, step, problem is null ? "told" : "refused", problem, cancellation);
    }

    /// <param name="requestId">Null where the version has no word for it: it is about the newest update then.</param>
    public async Task ReportedAsync(string stationId, int? requestId, string status, CancellationToken cancellation = default)
    {
        // "Idle" is what a station says that is asked in between.
        if (status != "idle" && await CurrentAsync(stationId, cancellation) is { Step: { IsOver: false } step } current
            && (requestId is null || step.RequestId == requestId) && step.Status != status)
            await SetAsync(current.Version, step, status, null, cancellation);
    }

    /// <summary>A station that boots with the version of its campaign has it, whether it said so or not.</summary>
    public async Task BootedAsync(string stationId, string? firmware, CancellationToken cancellation = default)
    {
        if (firmware is not null && await CurrentAsync(stationId, cancellation) is { Step: { IsOver: false } step } current
            && (await FindAsync(step.CampaignId, cancellation))?.Version == firmware)
            await SetAsync(current.Version, step, "installed", null, cancellation);
    }

    private async Task BeginAsync(string campaignId, string stationId, CancellationToken cancellation)
    {
        while (true)
        {
            if (await CurrentAsync(stationId, cancellation) is { Step: { IsOver: false } older } before)
                await SetAsync(before.Version, older, "replaced", null, cancellation);
            var turn = await store.LoadAsync(TurnOf(stationId), cancellation);
            var step = new FirmwareStep(campaignId, stationId, await numbers.NextAsync(), "wanted", clock.GetUtcNow());
            var next = DomainJson.Write(new FirmwareTurn(campaignId), DomainJson.Default.FirmwareTurn);
            try
            {
                await store.CommitAsync(
                    new Commit { Writes = [Write(0, step), new(TurnOf(stationId), turn?.Version ?? 0, next)] }, cancellation);
                wishes.Add(stationId);
                return;
            }
            catch (StaleVersionException)
            {
                // Another campaign took the station in this moment: the later one wins.
            }
        }
    }

    private async Task SetAsync(long version, FirmwareStep step, string status, string? problem, CancellationToken cancellation)
    {
        var next = step with { Status = status, At = clock.GetUtcNow(), Problem = problem, IsOver = Ends.Contains(status) };
        try
        {
            await store.CommitAsync(new Commit { Writes = [Write(version, next)] }, cancellation);
        }
        catch (StaleVersionException)
        {
            // The station said something newer meanwhile.
        }
    }

    private async ValueTask<(long Version, FirmwareStep Step)?> CurrentAsync(string stationId, CancellationToken cancellation)
    {
        if (await store.LoadAsync(TurnOf(stationId), cancellation) is not { } turn)
            return null;
        var campaign = DomainJson.Read(turn.Body, DomainJson.Default.FirmwareTurn).CampaignId;
        return await store.LoadAsync(StepOf(campaign, stationId), cancellation) is { } stored
            ? (stored.Version, DomainJson.Read(stored.Body, DomainJson.Default.FirmwareStep))
            : null;
    }

    private static StreamWrite Write(long version, FirmwareStep step) =>
        new(StepOf(step.CampaignId, step.StationId), version, DomainJson.Write(step, DomainJson.Default.FirmwareStep));

    private static string StepOf(string campaignId, string stationId) => $"{Kind}/{campaignId}:{stationId}";

    private static string TurnOf(string stationId) => $"firmware-turn/{stationId}";
}
