namespace Voltwright.Forwarding.Publications;

/// <summary>One publication; the key is its name. Wherever in a cluster it lives, events are published from there.</summary>
public interface IPublicationGrain : IGrainWithStringKey
{
    /// <summary>Publishes what there is to publish, if nobody does so yet.</summary>
    Task Wake();

    /// <summary>Tries dead letters once more; null when they are under way, else why not.</summary>
    Task<Refusal?> Replay(IReadOnlyList<long> positions);
}
