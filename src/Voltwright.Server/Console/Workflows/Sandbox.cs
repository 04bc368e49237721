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

/// <summary>What a draft did with some events.</summary>
/// <param name="Runs">What they started, oldest first; none when they start nothing.</param>
/// <param name="Told">What the stations were told, in order.</param>
/// <param name="Happened">The events that came of it, in order.</param>
/// <param name="Problem">Why it could not be tried at all; null when it was.</param>
public sealed record SandboxTrial(IReadOnlyList<SandboxRun> Runs, IReadOnlyList<SandboxCommand> Told, IReadOnlyList<JsonValue> Happened, string? Problem)
{
    public static SandboxTrial Impossible(string problem) => new([], [], [], problem);
}

/// <param name="Event">What started it; null when no event did.</param>
public sealed record SandboxRun(RunEndpoints.RunDetails Run, RunTrail Trail, JsonValue Event);

/// <summary>
/// Tries a draft without touching anything: a whole server of its own in a folder that is deleted afterwards, with the stations and cards
/// that the events name, today's tariff, and no way out to other services.
/// </summary>
internal sealed class Sandbox(ServerOptions options, IStore store, TariffCatalog tariffs, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(40);
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(400);
    private const int MostEvents = 10;
    private const int MostRuns = 50;
    private const int MostHappened = 200;
    private readonly SemaphoreSlim _places = new(2);

    /// <param name="eventText">A CloudEvent as JSON, or a list of them, which happen one after another.</param>
    /// <returns>Null when too many are tried at the same time.</returns>
    public async Task<SandboxTrial?> TryAsync(string source, string eventText, CancellationToken cancellation)
    {
        var events = new List<JsonValue>();
        if (Read(eventText, events) is { } problem)
            return SandboxTrial.Impossible(problem);
        if (!await _places.WaitAsync(TimeSpan.Zero, cancellation))
            return null;
        var folder = Directory.CreateTempSubdirectory("voltwright-sandbox-");
        try
        {
            await using var app = VoltwrightServer.Build(OptionsFor(folder.FullName));
            await app.StartAsync(cancellation);
            var trial = await PlayAsync(app.Services, source, events, cancellation);
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

    /// <returns>What is wrong with them; null when nothing is.</returns>
    private string? Read(string text, List<JsonValue> events)
    {
        JsonValue written;
        try
        {
            written = JsonValue.Parse(text);
        }
        catch (JsonFormatException e)
        {
            return $"The event is not JSON: {e.Message}";
        }

        var list = written.TryGetArray(out var several) ? several : JsonArray.From([written]);
        if (list.Count is 0 or > MostEvents)
            return $"Give one event, or up to {MostEvents} in a list.";
        var known = new CloudEvents(time);
        foreach (var (index, envelope) in list.Index())
        {
            var check = known.Check(envelope);
            if (!check.IsAccepted)
                return $"{(list.Count == 1 ? "That" : $"Event {index + 1}")} is no CloudEvent: {string.Join(" ", check.Problems)}";
            if (events.Exists(e => IsSame(e, envelope)))
                return $"Event {index + 1} has the source and id of an earlier one, and would be taken for it: give it an id of its own.";
            events.Add(envelope);
        }

        return null;
    }

    private async Task<SandboxTrial> PlayAsync(
        IServiceProvider there, string source, IReadOnlyList<JsonValue> events, CancellationToken cancellation)
    {
        var told = new ConcurrentQueue<SandboxCommand>();
        await FurnishAsync(there, events, told, cancellation);
        if (await there.GetRequiredService<WorkflowCatalog>().DeployAsync(source, "draft", cancellation) is not Deployment.Done)
            return SandboxTrial.Impossible("The draft has errors: see its findings.");
        var itsStore = there.GetRequiredService<IStore>();
        var before = itsStore.LastEventPosition;
        using var patience = new CancellationTokenSource(Patience, time);
        foreach (var (index, envelope) in events.Index())
        {
            // Checked before; now an event that says no time gets that of its happening.
            await there.GetRequiredService<EventLog>().PublishAsync(new CloudEvents(time).Check(envelope).Envelope, cancellation);
            await SettleAsync(itsStore, isLast: index == events.Count - 1, patience.Token, cancellation);
        }

        var runs = new List<SandboxRun>();
        foreach (var listed in (await itsStore.ListAsync(RunDocument.StreamKind, [], MostRuns, null, cancellation)).Items.Reverse())
        {
            if (await RunEndpoints.FindAsync(StreamName.IdOf(listed.Stream), itsStore, cancellation) is { } run)
                runs.Add(new SandboxRun(run, DrawingEndpoints.TrailOf(run), events.FirstOrDefault(e => IsStartedBy(run, e))));
        }

        var log = await itsStore.ReadEventsAsync(before, MostHappened, cancellation);
        return new SandboxTrial(runs, [.. told], [.. log.Select(e => e.Envelope).Where(e => !events.Any(played => IsSame(e, played)))], null);
    }

    private static bool IsSame(JsonValue one, JsonValue other) => one["source"] == other["source"] && one["id"] == other["id"];

    private static bool IsStartedBy(RunEndpoints.RunDetails run, JsonValue envelope) =>
        run.Events is { } ids && ids.TryGetArray(out var several) && several.Contains(envelope["id"]);

    /// <summary>Until every run is over, or waits: for a while when something else comes that it may wait for, and as long as one can when not.</summary>
    private async Task SettleAsync(IStore itsStore, bool isLast, CancellationToken patience, CancellationToken cancellation)
    {
        // An event takes a moment to start something.
        var quiet = time.GetTimestamp();
        while (!patience.IsCancellationRequested)
        {
            await Task.Delay(LookEvery, time, cancellation);
            var listed = await itsStore.ListAsync(RunDocument.StreamKind, [], MostRuns, null, cancellation);
            var open = listed.Items.Select(r => JsonValue.Parse(r.Body.Span)).Where(r => !RunDocument.IsOver(r)).ToList();
            if (open.Exists(r => r["status"] != "waiting"))
                quiet = time.GetTimestamp();
            if (time.GetElapsedTime(quiet) >= Quiet && (open.Count == 0 || !isLast))
                return;
        }
    }

    private async Task FurnishAsync(
        IServiceProvider there, IReadOnlyList<JsonValue> events, ConcurrentQueue<SandboxCommand> told, CancellationToken cancellation)
    {
        var grains = there.GetRequiredService<IGrainFactory>();
        await there.GetRequiredService<TariffCatalog>().PutAsync(await tariffs.InForceAsync(Tariff.DefaultId, cancellation), cancellation);
        foreach (var station in events.Select(StationOf).OfType<string>().Where(Station.IsValidId).Distinct())
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

        foreach (var card in events.Select(e => e["data"]["cardId"].TryGetString(out var id) ? id : null).OfType<string>().Distinct())
        {
            if (Card.Problem(card) is not null)
                continue;
            var status = await store.LoadAsync(CardGrain.StreamOf(card), cancellation) is { } stored
                ? DomainJson.Read(stored.Body, DomainJson.Default.Card).Status
                : CardStatus.Active;
            await grains.Find<ICardGrain>(card).Add(new Card(card, status), null);
        }
    }

    private static string? StationOf(JsonValue envelope) =>
        envelope["data"]["stationId"].TryGetString(out var station) || envelope["subject"].TryGetString(out station) ? station : null;
}
