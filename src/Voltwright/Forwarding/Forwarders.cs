using System.Collections.Concurrent;

namespace Voltwright.Forwarding;

/// <summary>Those who send events from this process, to be looked at.</summary>
public sealed class Forwarders
{
    private readonly ConcurrentDictionary<Forwarder, bool> _all = new();

    public IReadOnlyCollection<Forwarder> All => [.. _all.Keys];

    internal void Add(Forwarder forwarder) => _all[forwarder] = true;

    internal void Remove(Forwarder forwarder) => _all.TryRemove(forwarder, out _);
}
