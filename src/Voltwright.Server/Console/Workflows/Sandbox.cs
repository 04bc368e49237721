using System.Collections.Concurrent;
using Voltwright.Automation;
using Voltwright.Cards;
using Voltwright.Cluster;
using Voltwright.Events;
using Voltwright.Gateway;
using Voltwright.Jq;
using Voltwright.Server.Api;
using Voltwright.Server.Hosting;
using Voltwright.Stations;
using Voltwright.Storage;
using Voltwright.Tariffs;
using Voltwright.Workflows.Drawing;

namespace Voltwright.Server.Console.Workflows;

/// <summary>What a draft did with an event.</summary>
/// <param name="Run">Null when the event started nothing.</param>
/// <param name="Told">What the stations were told, in order.</param>
/// <param name="Problem">Why it could not be tried at all; null when it was.</param>
public sealed record SandboxTrial(
    RunEndpoints.RunDetails? Run, RunTrail? Trail, IReadOnlyList<SandboxCommand> Told, string? Problem)
{
    public static SandboxTrial Impossible(string problem) => new(null, null, [], problem);
}

/// <summary>
/// Tries a draft without touching anything: a whole server of its own in a folder that is deleted afterwards, with the stations and cards
/// that the event names, today's tariff, and no way out to other services.
/// </summary>
internal sealed class Sandbox(ServerOptions options, IStore store, TariffCatalog tariffs, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(40);
    private readonly SemaphoreSlim _places = new(2);

    /// <returns>Null when too many are tried at the same time.</returns>
    public async Task<SandboxTrial?> TryAsync(string source, string eventText, CancellationToken cancellation)
    {
        JsonValue envelope;
        try
        {
            var check = new CloudEvents(time).Check(JsonValue.Parse(eventText));
            if (!check.IsAccepted)
                return SandboxTrial.Impossible($"That is no CloudEvent: {string.Join(" ", check.Problems)}");
            envelope = check.Envelope;
        }
        catch (JsonFormatException e)
        {
            return SandboxTrial.Impossible($"The event is not JSON: {e.Message}");
        }

        if (!await _places.WaitAsync(TimeSpan.Zero, cancellation))
            return null;
        var folder = Directory.CreateTempSubdirectory("voltwright-sandbox-");
        try
        {
            await using var app = VoltwrightServer.Build(OptionsFor(folder.FullName));
            await app.StartAsync(cancellation);
            var trial = await PlayAsync(app.Services, source, envelope, cancellation);
            await app.StopAsync(CancellationToken.None);
            return trial;
        }
        finally
        {
            _places.Release();
            folder.Delete(recursive: true);
        }
    }

    public void Dispose() => _places.Dispose();

    private ServerOptions OptionsFor(string folder) => new()
    {
        Urls = "http://127.0.0.1:0",
        DataFolder = folder,
        MqttPort = null,
        AdministratorKey = Convert.ToHexStringLower(System.Security.Cryptography.RandomNumberGenerator.GetBytes(32)),
        Notices = TextWriter.Null,
        Time = options.Time,
        // The names are known, the secrets are not: a draft runs with them, and gives nothing away.
        Secrets = options.Secrets.ToDictionary(s => s.Key, _ => (JsonValue)"sandbox"),
        Services = services => services.AddSingleton(provider => new HttpCaller(
            new HttpCallerOptions
            {
                Routes = new HttpRoutes(self: ServerOptions.SupplierAuthority, closed: true),
                InProcess = new InProcessHandler(provider.GetRequiredService<InProcessPipeline>()),
            },
            provider.GetRequiredService<TimeProvider>())),
    };

    private async Task<SandboxTrial> PlayAsync(IServiceProvider there, string source, JsonValue envelope, CancellationToken cancellation)
    {
        var told = new ConcurrentQueue<SandboxCommand>();
        await FurnishAsync(there, envelope, told, cancellation);
        if (await there.GetRequiredService<WorkflowCatalog>().DeployAsync(source, "draft", cancellation) is not Deployment.Done deployed)
            return SandboxTrial.Impossible("The draft has errors: see its findings.");
        if (!WorkflowStarts.Matches(deployed.Workflow, envelope))
            return new SandboxTrial(null, null, [], null);
        var itsStore = there.GetRequiredService<IStore>();
        await there.GetRequiredService<EventLog>().PublishAsync(envelope, cancellation);
        using var patience = new CancellationTokenSource(Patience, time);
        RunEndpoints.RunDetails? run = null;
        while (!patience.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            if ((await itsStore.ListAsync(RunDocument.StreamKind, [], 1, null, cancellation)).Items is [var found])
            {
                run = await RunEndpoints.FindAsync(StreamName.IdOf(found.Stream), itsStore, cancellation);
                if (run is not null && !RunDocument.OpenStatuses.Contains(run.Status))
                    break;
            }

            await Task.Delay(LookEvery, time, cancellation);
        }

        return new SandboxTrial(run, run is null ? null : DrawingEndpoints.TrailOf(run), [.. told], null);
    }

    private async Task FurnishAsync(
        IServiceProvider there, JsonValue envelope, ConcurrentQueue<SandboxCommand> told, CancellationToken cancellation)
    {
        var grains = there.GetRequiredService<IGrainFactory>();
        await there.GetRequiredService<TariffCatalog>().PutAsync(await tariffs.InForceAsync(Tariff.DefaultId, cancellation), cancellation);
        var data = envelope["data"];
        if ((data["stationId"].TryGetString(out var station) || envelope["subject"].TryGetString(out station)) && Station.IsValidId(station))
        {
            var real = await store.LoadAsync($"station/{station}", cancellation) is { } stored
                ? DomainJson.Read(stored.Body, DomainJson.Default.Station)
                : null;
            var grain = grains.Find<IStationGrain>(station);
            await grain.Register(new StationRegistration(station, "ocpp1.6", real?.Slots.Length ?? 2, null), null);
            var link = new SandboxStation(station, grain, told, time);
            there.GetRequiredService<StationLinks>().Add(link);
            await grain.Connected(link.LinkId, link.Protocol);
        }

        if (data["cardId"].TryGetString(out var card) && Card.Problem(card) is null)
        {
            var status = await store.LoadAsync(CardGrain.StreamOf(card), cancellation) is { } stored
                ? DomainJson.Read(stored.Body, DomainJson.Default.Card).Status
                : CardStatus.Active;
            await grains.Find<ICardGrain>(card).Add(new Card(card, status), null);
        }
    }
}
