using Microsoft.Extensions.Logging;
using Orleans.Runtime;
using Voltwright.Gateway;
using Voltwright.Jq;

namespace Voltwright.Cluster;

internal sealed class StationSockets(GrainId id, Silo silo, ILoggerFactory loggers, StationLinks links)
    : GrainService(id, silo, loggers), IStationSockets
{
    public Task<CommandOutcome> Send(string stationId, string linkId, StationCommand command, CancellationToken cancellation) =>
        Find(stationId, linkId) is { } link ? link.SendAsync(command, cancellation) : Gone;

    public Task<CommandOutcome> SendRaw(string stationId, string linkId, string action, JsonValue payload, CancellationToken cancellation) =>
        Find(stationId, linkId) is { } link ? link.SendRawAsync(action, payload, cancellation) : Gone;

    public Task Close(string stationId, string linkId, string reason) => Find(stationId, linkId)?.CloseAsync(reason) ?? Task.CompletedTask;

    public Task<LinkFacts?> Describe(string stationId, string linkId) =>
        Task.FromResult(Find(stationId, linkId) is { } link ? LinkFacts.Of(link) : null);

    private static Task<CommandOutcome> Gone => Task.FromResult<CommandOutcome>(new CommandOutcome.Offline());

    private IStationLink? Find(string stationId, string linkId) => links.Find(stationId) is { } link && link.LinkId == linkId ? link : null;
}
