using Orleans.Runtime;

namespace Voltwright.Cluster;

/// <summary>A call that met a node just going or gone is made once more: by then its target is somewhere else.</summary>
internal sealed class RetryOnce : IOutgoingGrainCallFilter
{
    public async Task Invoke(IOutgoingGrainCallContext context)
    {
        try
        {
            await context.Invoke();
        }
        catch (Exception e) when (e is OrleansMessageRejectionException or SiloUnavailableException)
        {
            await context.Invoke();
        }
    }
}
