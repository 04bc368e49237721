using Voltwright.Bench.Serving;

namespace Voltwright.Bench.Cluster;

/// <summary>Nodes on loopback, what distributes connections to them, and a client.</summary>
public sealed class ClusterUnderTest : IAsyncDisposable
{
    private ClusterUnderTest(IReadOnlyList<NodeProcess> nodes)
    {
        Nodes = nodes;
        Balancer = new Balancer([.. nodes.Select(n => n.Address)]);
        Api = new ClusterClient(Balancer.Address);
    }

    public IReadOnlyList<NodeProcess> Nodes { get; }

    public Balancer Balancer { get; }

    public ClusterClient Api { get; }

    public Uri Ocpp => new($"ws://127.0.0.1:{Balancer.Port}/ocpp");

    /// <param name="executable">The program <c>voltwright</c>.</param>
    /// <param name="database">A connection string.</param>
    public static Task<ClusterUnderTest> StartAsync(string executable, string database, int nodes, params string[] more) =>
        StartAsync(executable, database, [.. Enumerable.Repeat(ServePlace.Loopback, nodes)], more);

    /// <summary>A node at each of these places.</summary>
    public static async Task<ClusterUnderTest> StartAsync(
        string executable, string database, IReadOnlyList<ServePlace> places, params string[] more)
    {
        var name = $"test-{Guid.NewGuid():N}";
        var cluster = new ClusterUnderTest([.. places.Select(place => new NodeProcess(executable, database, name, place, more))]);
        try
        {
            // The first brings the schema; the others start at once.
            await cluster.Nodes[0].StartAsync();
            await Task.WhenAll(cluster.Nodes.Skip(1).Select(n => n.StartAsync()));
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    public string Said => string.Join("\n\n", Nodes.Select((n, i) => $"node {i}:\n{n.Said}"));

    public async ValueTask DisposeAsync()
    {
        Api.Dispose();
        await Balancer.DisposeAsync();
        foreach (var node in Nodes)
            node.Dispose();
    }
}
