using Npgsql;
using Voltwright.Storage.Postgres;
using Voltwright.Testing;

[assembly: AssemblyFixture(typeof(Voltwright.Tests.Storage.PostgresFixture))]

namespace Voltwright.Tests.Storage;

/// <summary>One PostgreSQL server for all tests that need one; started when the first asks.</summary>
public sealed class PostgresFixture : IDisposable
{
    private readonly Lazy<PostgresServer?> _server = new(PostgresServer.TryStart);

    public void Dispose()
    {
        NpgsqlConnection.ClearAllPools();
        if (_server.IsValueCreated)
            _server.Value?.Dispose();
    }

    /// <summary>Skips the test where PostgreSQL is not installed.</summary>
    public string CreateDatabase()
    {
        Assert.SkipWhen(PostgresServer.FindPrograms() is null, "PostgreSQL is not installed: apt-get install postgresql");
        return _server.Value!.CreateDatabase();
    }
}
