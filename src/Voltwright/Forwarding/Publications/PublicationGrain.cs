using Microsoft.Extensions.Logging;
using Voltwright.Storage;

namespace Voltwright.Forwarding.Publications;

public sealed class PublicationGrain(
    IStore store, PublicationList publications, Forwarders forwarders, TimeProvider clock, ILogger<PublicationGrain> log) : Grain, IPublicationGrain
{
    // A broker is one of ours: it is waited for as long as it takes.
    private static readonly ForwardingPolicy Policy = new() { Concurrency = 32, GiveUpAfter = TimeSpan.MaxValue };

    private Forwarder? _forwarder;
    private IAsyncDisposable? _sink;

    private string Name => this.GetPrimaryKeyString();

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        if (publications.Find(Name) is not { } publication)
            return;
        var sink = SinkOf(publication);
        _sink = sink as IAsyncDisposable;
        var destination = new Destination(publication.Destination, publication.Kind, sink, publication.Filter, Policy, Ended);
        _forwarder = await Forwarder.StartAsync(destination, store.LastEventPosition, store, clock, log, cancellationToken);
        forwarders.Add(_forwarder);
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        if (_forwarder is not { } forwarder)
            return;
        forwarders.Remove(forwarder);
        await forwarder.DisposeAsync();
        if (_sink is { } sink)
            await sink.DisposeAsync();
    }

    public Task Wake() => Task.CompletedTask;

    public async Task<Refusal?> Replay(IReadOnlyList<long> positions)
    {
        if (_forwarder is null)
            return new Refusal(RefusalKind.NotFound, $"There is no publication '{Name}'.");
        foreach (var position in positions)
        {
            if (await store.LoadAsync(DeadLetter.StreamOf(Publication.DestinationOf(Name), position)) is { } stored)
                _forwarder.Replay(DeadLetter.Read(stored.Body));
            else if (positions.Count == 1)
                return new Refusal(RefusalKind.NotFound, $"Publication {Name} has no dead letter {position}.");
        }

        return null;
    }

    private IEventSink SinkOf(Publication publication) =>
        publication.Kind == "kafka" ? new KafkaSink(publication, Policy) : new MqttSink(publication, Policy, clock);

    private void Ended(ForwardingEnd end) =>
        GrainContext.Deactivate(new DeactivationReason(DeactivationReasonCode.ApplicationRequested, "Another activation publishes its events."));
}
