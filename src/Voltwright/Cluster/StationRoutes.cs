using Voltwright.Gateway;
using Voltwright.Stations;

namespace Voltwright.Cluster;

/// <summary>The way to a connected station, whichever node holds its socket.</summary>
public sealed class StationRoutes(StationLinks links, ThisNode node, StationSocketsClient sockets, IGrainFactory grains)
{
    public async ValueTask<IStationLink?> FindAsync(string stationId) =>
        links.Find(stationId) ?? (await HolderAsync(stationId) is var (holder, link, protocol) ? At(holder, stationId, link, protocol) : null);

    /// <summary>Null when the station is not connected, or the node that holds it does not answer.</summary>
    public async ValueTask<LinkFacts?> DescribeAsync(string stationId)
    {
        if (links.Find(stationId) is { } here)
            return LinkFacts.Of(here);
        try
        {
            return await HolderAsync(stationId) is var (holder, link, _) ? await sockets.Of(holder).Describe(stationId, link) : null;
        }
        catch (Exception e) when (e is OrleansException or TimeoutException)
        {
            return null;
        }
    }

    public async Task<CommandOutcome> SendAsync(string stationId, StationCommand command, CancellationToken cancellation) =>
        await StationWatch.SendAsync(stationId, command.GetType().Name, async () =>
            await FindAsync(stationId) is { } link ? await link.SendAsync(command, cancellation) : new CommandOutcome.Offline());

    /// <summary>The connection with that id on that node.</summary>
    public IStationLink At(SiloAddress holder, string stationId, string linkId, string protocol) =>
        new RemoteLink(stationId, linkId, protocol, sockets.Of(holder));

    /// <summary>Which other node holds the station's connection.</summary>
    private async ValueTask<(SiloAddress Holder, string LinkId, string Protocol)?> HolderAsync(string stationId) =>
        await grains.Find<IStationGrain>(stationId).Get() is { Connected: true, LinkId: { } linkId } station
        && ThisNode.NodeOf(linkId) is { } holder && !holder.Equals(node.Address)
            ? (holder, linkId, station.Protocol) : null;
}
