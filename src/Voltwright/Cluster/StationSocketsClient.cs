using Orleans.Runtime.Services;

namespace Voltwright.Cluster;

/// <summary>Reaches the connections of a certain node.</summary>
public sealed class StationSocketsClient(IServiceProvider services) : GrainServiceClient<IStationSockets>(services)
{
    public IStationSockets Of(SiloAddress node) => GetGrainService(node);
}
