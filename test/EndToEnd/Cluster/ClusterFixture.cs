using Npgsql;
using Voltwright.Bench.Cluster;
using Voltwright.Testing;

[assembly: AssemblyFixture(typeof(Voltwright.EndToEnd.Cluster.ClusterFixture))]

namespace Voltwright.EndToEnd.Cluster;

/// <summary>One PostgreSQL server for all tests of clusters; started when the first asks.</summary>
public sealed class ClusterFixture : IDisposable
{
    private readonly Lazy<PostgresServer?> _server = new(PostgresServer.TryStart);

    public static string Executable => Path.Combine(
        Repository.Root, "artifacts", "bin", "Voltwright.Cli", new DirectoryInfo(AppContext.BaseDirectory).Name, "voltwright");

    public PostgresServer Server => _server.Value!;

    /// <summary>Skips the test where PostgreSQL is not installed.</summary>
    public Task<ClusterUnderTest> StartAsync(int nodes, params string[] more)
    {
        Assert.SkipWhen(PostgresServer.FindPrograms() is null, "PostgreSQL is not installed: apt-get install postgresql");
        return ClusterUnderTest.StartAsync(Executable, Server.CreateDatabase(), nodes, more);
    }

    public void Dispose()
    {
        NpgsqlConnection.ClearAllPools();
        if (_server.IsValueCreated)
            _server.Value?.Dispose();
    }
}
