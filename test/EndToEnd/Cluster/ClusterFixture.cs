using Npgsql;
using Voltwright.Bench.Cluster;
using Voltwright.Bench.Serving;
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

    /// <summary>The same with a node in each of these places, which reach the database by its socket in the file system.</summary>
    public Task<ClusterUnderTest> StartAsync(IReadOnlyList<ServePlace> places)
    {
        Assert.SkipWhen(PostgresServer.FindPrograms() is null, "PostgreSQL is not installed: apt-get install postgresql");
        var database = new NpgsqlConnectionStringBuilder(Server.CreateDatabase()) { Host = Server.SocketFolder };
        return ClusterUnderTest.StartAsync(Executable, database.ConnectionString, places);
    }

    public void Dispose()
    {
        NpgsqlConnection.ClearAllPools();
        if (_server.IsValueCreated)
            _server.Value?.Dispose();
    }
}
