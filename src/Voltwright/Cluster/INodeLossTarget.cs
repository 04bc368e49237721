namespace Voltwright.Cluster;

/// <summary>Takes over what a node left behind.</summary>
public interface INodeLossTarget
{
    /// <summary>Called on one of the nodes in service. May be called for the same loss again.</summary>
    Task TakeOverAsync(CancellationToken cancellation);
}
