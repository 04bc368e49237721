using Orleans.Runtime;
using Voltwright.Gateway;
using Voltwright.Jq;

namespace Voltwright.Cluster;

/// <summary>A station that is connected to another node.</summary>
internal sealed class RemoteLink(string stationId, string linkId, string protocol, IStationSockets sockets) : IStationLink
{
    public string StationId => stationId;

    public string LinkId => linkId;

    public string Protocol => protocol;

    public Task<CommandOutcome> SendAsync(StationCommand command, CancellationToken cancellation) =>
        AskAsync(() => sockets.Send(stationId, linkId, command, cancellation));

    public Task<CommandOutcome> SendRawAsync(string action, JsonValue payload, CancellationToken cancellation) =>
        AskAsync(() => sockets.SendRaw(stationId, linkId, action, payload, cancellation));

    public async Task CloseAsync(string reason)
    {
        try
        {
            await sockets.Close(stationId, linkId, reason);
        }
        catch (Exception e) when (e is OrleansException or TimeoutException)
        {
            // The node is gone, and the connection with it.
        }
    }

    private static async Task<CommandOutcome> AskAsync(Func<Task<CommandOutcome>> ask)
    {
        try
        {
            return await ask();
        }
        catch (Exception e) when (e is OrleansException or TimeoutException)
        {
            // The node that held the socket is gone; the station will be back at another one.
            return new CommandOutcome.Offline();
        }
    }
}
