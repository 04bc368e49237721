using Orleans.Services;
using Voltwright.Gateway;
using Voltwright.Jq;

namespace Voltwright.Cluster;

/// <summary>The connections of one node, for the others. A connection that is not there any more is <see cref="CommandOutcome.Offline"/>.</summary>
public interface IStationSockets : IGrainService
{
    Task<CommandOutcome> Send(string stationId, string linkId, StationCommand command, CancellationToken cancellation);

    Task<CommandOutcome> SendRaw(string stationId, string linkId, string action, JsonValue payload, CancellationToken cancellation);

    Task Close(string stationId, string linkId, string reason);

    /// <summary>Null when the connection is not there any more.</summary>
    Task<LinkFacts?> Describe(string stationId, string linkId);
}
