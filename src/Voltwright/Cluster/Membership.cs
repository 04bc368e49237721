namespace Voltwright.Cluster;

/// <summary>Who is in service. Of all that are, one is the senior: it does what needs doing once.</summary>
public sealed class Membership(IClusterMembershipService members, ThisNode node)
{
    public bool IsSenior => SeniorOf(InService(members.CurrentSnapshot)) is { } senior && senior.Equals(node.Address);

    public IEnumerable<SiloAddress> Others => InService(members.CurrentSnapshot).Where(silo => !silo.Equals(node.Address));

    /// <summary>Another life of a node at the same address is another node.</summary>
    public bool IsInService(SiloAddress address) =>
        members.CurrentSnapshot.GetSiloStatus(address) is SiloStatus.Active or SiloStatus.Joining or SiloStatus.Created;

    /// <summary>Completes for each change that took nodes out of service.</summary>
    public async IAsyncEnumerable<IReadOnlySet<SiloAddress>> LossesAsync(
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        IReadOnlySet<SiloAddress> before = new HashSet<SiloAddress>();
        await foreach (var snapshot in members.MembershipUpdates.WithCancellation(cancellation))
        {
            var now = InService(snapshot);
            var lost = before.Where(silo => !now.Contains(silo)).ToHashSet();
            before = now;
            if (lost.Count > 0)
                yield return lost;
        }
    }

    private static HashSet<SiloAddress> InService(ClusterMembershipSnapshot snapshot) =>
        [.. snapshot.Members.Values.Where(m => m.Status == SiloStatus.Active).Select(m => m.SiloAddress)];

    private static SiloAddress? SeniorOf(HashSet<SiloAddress> inService) => inService.Order().FirstOrDefault();
}
