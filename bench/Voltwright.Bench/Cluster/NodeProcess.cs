using Voltwright.Bench.Serving;

namespace Voltwright.Bench.Cluster;

/// <summary>One node of a cluster as a process of its own, to be killed, drained and started again at the same ports.</summary>
public sealed class NodeProcess(string executable, string database, string cluster, ServePlace place, IReadOnlyList<string> more)
    : ServeProcess(executable, AdministratorKey, TimeSpan.FromSeconds(90))
{
    public const string AdministratorKey = "cluster-administrator-key";

    public int SiloPort { get; } = Ports.Free();

    protected override ServePlace Place => place;

    protected override IEnumerable<string> Arguments => ["--cluster", cluster, "--cluster-address", $"{place.Address}:{SiloPort}", .. more];

    protected override IEnumerable<(string Name, string Value)> Settings => [("VOLTWRIGHT_POSTGRES", database)];
}
