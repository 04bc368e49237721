using Voltwright.Gateway;
using Voltwright.Stations;

namespace Voltwright.Cluster;

/// <summary>The way to a connected station, whichever node holds its socket.</summary>
public sealed class StationRoutes(StationLinks links, ThisNode node, StationSocketsClient sockets, IGrainFactory grains)
{
    public async ValueTask<IStationLink?> FindAsync(string stationId)
    {
        if (links.Find(stationId) is { } here)
            return here;
        return await grains.GetGrain<IStationGrain>(stationId).Get() is { Connected: true, LinkId: { } linkId } station
            && ThisNode.NodeOf(linkId) is { } holder && !holder.Equals(node.Address)
            ? At(holder, stationId, linkId, station.Protocol) : null;
    }

    public async Task<CommandOutcome> SendAsync(string stationId, StationCommand command, CancellationToken cancellation) =>
        await StationWatch.SendAsync(stationId, command.GetType().Name, async () =>
            await FindAsync(stationId) is { } link ? await link.SendAsync(command, cancellation) : new CommandOutcome.Offline());

    /// <summary>The connection with that id on that node.</summary>
    public IStationLink At(SiloAddress holder, string stationId, string linkId, string protocol) =>
        new RemoteLink(stationId, linkId, protocol, sockets.Of(holder));
}
