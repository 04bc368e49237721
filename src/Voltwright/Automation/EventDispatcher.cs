using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging;
using Voltwright.Cluster;
using Voltwright.Jq;
using Voltwright.Storage;
using Voltwright.Workflows.Definitions;
using Voltwright.Workflows.Events;

namespace Voltwright.Automation;

/// <summary>
/// Follows the event log, starts the runs that events ask for and wakes those that listen. Where it stands is kept now and then; what is met again after
/// a crash finds its run started already. An event or definition that fails is logged and passed by.
/// </summary>
public sealed class EventDispatcher(
    IStore store, WorkflowCatalog workflows, IGrainFactory grains, AutomationOptions options, RunListeners listeners,
    TimeProvider clock, ILogger<EventDispatcher> log) : IDisposable
{
    private const string Checkpoint = "dispatcher/events";
    private const int Attempts = 3;
    private static readonly TimeSpan KeepEvery = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);
    private readonly SemaphoreSlim _places = new(options.StartsAtOnce);
    private readonly EventSetStore _sets = new(store);
    private long _version;
    private long _kept;

    /// <summary>Until stopped.</summary>
    /// <exception cref="StaleVersionException">There is another dispatcher, which goes on from here.</exception>
    public async Task RunAsync(CancellationToken stopping)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var stoppingToken = ending.Token;
        if (await store.LoadAsync(Checkpoint, stoppingToken) is { } stored)
        {
            _version = stored.Version;
            _kept = JsonValue.Parse(stored.Body.Span)["position"].TryGetInt64(out var position) ? position : 0;
        }

        var progress = new DispatchProgress(_kept);
        await listeners.OpenAsync(progress, stoppingToken);
        var keeping = KeepProgressAsync(progress, ending);
        while (!stoppingToken.IsCancellationRequested)
            await FollowAsync(progress, stoppingToken);
        await listeners.StopAsync();
        await keeping;
    }

    private async Task FollowAsync(DispatchProgress progress, CancellationToken stopping)
    {
        try
        {
            await foreach (var e in store.FollowEventsAsync(progress.Seen, stopping))
                await DispatchAsync(e, progress, stopping);
        }
        catch (Exception) when (stopping.IsCancellationRequested)
        {
            // Stopping: what was not finished is met again after the next start.
        }
        catch (Exception e)
        {
            log.LogError(e, "The event log could not be followed; trying again");
            await Task.Delay(RetryAfter, clock, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task DispatchAsync(StoredEvent e, DispatchProgress progress, CancellationToken stopping)
    {
        foreach (var workflow in workflows.Triggers.Find(e.Envelope))
        {
            // Sets of events grow one event after the other, so their order is kept; single events need none.
            if (workflow.Program.Trigger!.Collects)
                await GuardAsync(e, workflow, () => OfferAsync(e, workflow), stopping);
            else if (Matches(e, workflow))
                await StartBesideAsync(e, workflow, progress, stopping);
        }

        listeners.Signal(e, progress);
        progress.See(e.Position);
    }

    public void Dispose() => _places.Dispose();

    private bool Matches(StoredEvent e, DeployedWorkflow workflow)
    {
        try
        {
            return workflow.Program.Trigger!.Matches(e.Envelope);
        }
        catch (Exception failure)
        {
            log.LogError(failure, "The trigger of {Workflow} failed on event {Event}", workflow.Id, $"{e.Envelope["id"]}");
            return false;
        }
    }

    private async Task StartBesideAsync(StoredEvent e, DeployedWorkflow workflow, DispatchProgress progress, CancellationToken stopping)
    {
        await _places.WaitAsync(stopping);
        progress.Begin(e.Position);
        _ = Task.Run(
            async () =>
            {
                try
                {
                    if (await GuardAsync(e, workflow, () => StartAsync(workflow, [e.Envelope], e.Position), stopping))
                        progress.Finish(e.Position);
                }
                finally
                {
                    _places.Release();
                }
            },
            CancellationToken.None);
    }

    /// <summary>Tries as long as the store is away, a few times otherwise. False when the server stopped before.</summary>
    private async Task<bool> GuardAsync(StoredEvent e, DeployedWorkflow workflow, Func<Task> act, CancellationToken stopping)
    {
        for (var attempt = 1; !stopping.IsCancellationRequested;)
        {
            try
            {
                await act();
                return true;
            }
            catch (Exception failure)
            {
                if (stopping.IsCancellationRequested)
                    return false;
                if (failure is not StoreUnavailableException && attempt++ == Attempts)
                {
                    Metrics.StartsFailed.Add(1);
                    log.LogError(
                        failure, "Event {Event} at {Position} could not start {Workflow}", $"{e.Envelope["id"]}", e.Position, workflow.Id);
                    return true;
                }

                await Task.Delay(RetryAfter, clock, CancellationToken.None);
            }
        }

        return false;
    }

    private async Task OfferAsync(StoredEvent e, DeployedWorkflow workflow)
    {
        if (await _sets.LoadAsync(workflow.Id) is var waiting && waiting.Position >= e.Position)
            return;
        var offer = EventMatching.Offer(workflow.Program.Trigger!, waiting.Events, e.Envelope);

        // Runs first: an offer that is met again gives the same runs, one that is forgotten gives none.
        foreach (var set in offer.Sets)
            await StartAsync(workflow, set, e.Position);
        if (offer.Sets.Count > 0 || !offer.Waiting.Equals(waiting.Events))
            await _sets.SaveAsync(workflow.Id, new WaitingEvents(e.Position, offer.Waiting));
    }

    private async Task StartAsync(DeployedWorkflow workflow, IReadOnlyList<JsonValue> envelopes, long position)
    {
        var input = EventMatching.RunInput(workflow.Program.Trigger!, envelopes);
        var trace = envelopes[0]["traceparent"].TryGetString(out var text) ? text : null;
        var order = new RunOrder(workflow.Id, input, [.. envelopes.Select(e => e["id"].AsString())], trace) { After = position };
        await grains.Find<IRunGrain>(RunIds.Of(workflow.Id, envelopes)).Start(order);
        Metrics.EventsDispatched.Add(1);
    }

    private async Task KeepProgressAsync(DispatchProgress progress, CancellationTokenSource ending)
    {
        using var timer = new PeriodicTimer(KeepEvery, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(ending.Token))
                await KeepAsync(progress.Safe);
        }
        catch (OperationCanceledException)
        {
            await KeepAsync(progress.Safe);
        }
        finally
        {
            // Without its place kept it must not go on: another one does.
            await ending.CancelAsync();
        }
    }

    private async Task KeepAsync(long position)
    {
        Metrics.EventLag.Record(Math.Max(0, store.LastEventPosition - position));
        if (position == _kept)
            return;
        try
        {
            var state = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $$"""{"position":{{position}}}"""));
            await store.CommitAsync(new Commit { Writes = [new StreamWrite(Checkpoint, _version, state)] });
            (_version, _kept) = (_version + 1, position);
        }
        catch (Exception e) when (e is StoreUnavailableException or ObjectDisposedException)
        {
            log.LogWarning("The dispatcher's place in the log could not be kept: {Reason}", e.Message);
        }
    }
}
