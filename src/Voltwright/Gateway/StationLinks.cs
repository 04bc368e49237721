using System.Collections.Concurrent;

namespace Voltwright.Gateway;

/// <summary>The stations connected to this process.</summary>
public sealed class StationLinks
{
    private readonly ConcurrentDictionary<string, IStationLink> _links = new(StringComparer.Ordinal);

    public IReadOnlyCollection<IStationLink> All => [.. _links.Values];

    public IStationLink? Find(string stationId) => _links.GetValueOrDefault(stationId);

    /// <summary>The newer connection wins: it has authenticated. The older one, if any, is returned for the caller to close.</summary>
    public IStationLink? Add(IStationLink link)
    {
        IStationLink? older = null;
        _links.AddOrUpdate(link.StationId, link, (_, known) =>
        {
            older = known;
            return link;
        });
        return older;
    }

    /// <summary>False when a newer connection has taken its place already.</summary>
    public bool Remove(IStationLink link) => _links.TryRemove(new(link.StationId, link));

    public Task<CommandOutcome> SendAsync(string stationId, StationCommand command, CancellationToken cancellation) =>
        Find(stationId) is { } link ? link.SendAsync(command, cancellation) : Task.FromResult<CommandOutcome>(new CommandOutcome.Offline());
}
