using Microsoft.Extensions.Logging;
using Voltwright.Storage;

namespace Voltwright.Forwarding.Webhooks;

/// <summary>Wherever in a cluster it lives, events are sent from there; when it moves, the next one goes on where this one was.</summary>
public sealed class WebhookGrain(
    IStore store, WebhookHttp http, Forwarders forwarders, TimeProvider clock, ILogger<WebhookGrain> log) : Grain, IWebhookGrain
{
    private Webhook? _webhook;
    private long _version;
    private Forwarder? _forwarder;

    private string Id => this.GetPrimaryKeyString();

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        if (await store.LoadAsync(Webhook.StreamOf(Id), cancellationToken) is { } stored)
            (_version, _webhook) = (stored.Version, Webhook.Read(stored.Body));
        await RunAsync();
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) => StopAsync();

    public Task<Webhook?> Get() => Task.FromResult(_webhook);

    public async Task<Outcome<Webhook>> Add(Webhook webhook) => _webhook ?? await KeepAsync(webhook);

    public async Task<Outcome<Webhook>> Change(WebhookChange change) => _webhook is not { } known
        ? NotFound()
        : await KeepAsync(known with
        {
            Url = change.Url ?? known.Url,
            Description = change.Description ?? known.Description,
            Types = change.Types ?? known.Types,
            Subjects = change.Subjects ?? known.Subjects,
            Mode = change.Mode ?? known.Mode,
            Policy = change.Policy ?? known.Policy,
        });

    public async Task<Outcome<Webhook>> Remove()
    {
        if (_webhook is not { } known)
            return NotFound();
        await StopAsync();
        await store.CommitAsync(new Commit { Writes = [new StreamWrite(Webhook.StreamOf(Id), _version, null)] });
        (_webhook, _version) = (null, 0);
        await ForgetAsync(known.Destination);
        DeactivateOnIdle();
        return known;
    }

    public async Task<Outcome<Webhook>> Pause(string? note) =>
        _webhook is { } known ? await KeepAsync(known with { Status = WebhookStatus.Paused, Note = note }) : NotFound();

    public async Task<Outcome<Webhook>> Resume() =>
        _webhook is { } known ? await KeepAsync(known with { Status = WebhookStatus.Active, Note = null }) : NotFound();

    public async Task<Outcome<Webhook>> ChangeSecret(string secret, TimeSpan oldValidFor) => _webhook is not { } known
        ? NotFound()
        : await KeepAsync(known with { Secret = secret, OldSecret = known.Secret, OldSecretUntil = clock.GetUtcNow() + oldValidFor });

    public async Task<Outcome<Webhook>> Replay(IReadOnlyList<long> positions)
    {
        if (_webhook is not { } known)
            return NotFound();
        if (_forwarder is null)
            return new Refusal(RefusalKind.IllegalTransition, $"Webhook {Id} is paused: resume it first.");
        foreach (var position in positions)
        {
            if (await store.LoadAsync(DeadLetter.StreamOf(known.Destination, position)) is { } stored)
                _forwarder.Replay(DeadLetter.Read(stored.Body));
            else if (positions.Count == 1)
                return new Refusal(RefusalKind.NotFound, $"Webhook {Id} has no dead letter {position}.");
        }

        return known;
    }

    public Task Wake()
    {
        if (_webhook is null)
            DeactivateOnIdle();
        return Task.CompletedTask;
    }

    private async Task<Outcome<Webhook>> KeepAsync(Webhook next)
    {
        try
        {
            await store.CommitAsync(new Commit { Writes = [new StreamWrite(Webhook.StreamOf(Id), _version, next.Write())] });
        }
        catch (StaleVersionException)
        {
            // Another activation changed it: what is stored counts.
            DeactivateOnIdle();
            throw;
        }

        (_webhook, _version) = (next, _version + 1);
        await StopAsync();
        await RunAsync();
        return next;
    }

    private async Task RunAsync()
    {
        if (_webhook is not { Status: WebhookStatus.Active } webhook)
            return;
        var grain = GrainFactory.GetGrain<IWebhookGrain>(Id);
        var destination = new Destination(
            webhook.Destination, "webhook", new WebhookSink(webhook, http, clock), webhook.Filter, webhook.Policy, end => Ended(end, grain));
        _forwarder = await Forwarder.StartAsync(destination, webhook.After, store, clock, log, CancellationToken.None);
        forwarders.Add(_forwarder);
    }

    private void Ended(ForwardingEnd end, IWebhookGrain grain)
    {
        if (end is ForwardingEnd.Unwanted unwanted)
        {
            log.LogWarning("Webhook {Webhook} is paused: {Reason}", Id, unwanted.Reason);
            _ = grain.Pause(unwanted.Reason);
            return;
        }

        GrainContext.Deactivate(new DeactivationReason(DeactivationReasonCode.ApplicationRequested, "Another activation sends its events."));
    }

    private async Task StopAsync()
    {
        if (_forwarder is { } forwarder)
        {
            forwarders.Remove(forwarder);
            await forwarder.DisposeAsync();
        }

        _forwarder = null;
    }

    private async Task ForgetAsync(string destination)
    {
        var progress = ForwardingState.StreamOf(destination);
        if (await store.LoadAsync(progress) is { } state)
        {
            var forget = new RecordLimit(progress, long.MaxValue);
            await store.CommitAsync(new Commit { Writes = [new StreamWrite(progress, state.Version, null)], Forget = [forget] });
        }

        Page<ListedState> page;
        do
        {
            page = await store.ListAsync(DeadLetter.StreamKind, [("destination", destination)], 500);
            StreamWrite[] writes = [.. page.Items.Select(letter => new StreamWrite(letter.Stream, letter.Version, null))];
            await store.CommitAsync(new Commit { Writes = writes });
        }
        while (page.Next is not null);
    }

    private Refusal NotFound() => new(RefusalKind.NotFound, $"There is no webhook '{Id}'.");
}
