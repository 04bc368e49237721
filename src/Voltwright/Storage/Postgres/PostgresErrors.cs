using System.Net.Sockets;
using Npgsql;

namespace Voltwright.Storage.Postgres;

/// <summary>What an error of the database means: will it pass, whose fault is it, and what can be done.</summary>
internal static class PostgresErrors
{
    /// <summary>idle_in_transaction_session_timeout, which Npgsql has no name for.</summary>
    private const string IdleInTransaction = "25P03";

    /// <summary>The server restarts, fails over or was asked twice at once: the same again may succeed.</summary>
    public static bool IsPassing(Exception e) => e switch
    {
        PostgresException p => p.IsTransient || p.SqlState is
            PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.ReadOnlySqlTransaction or PostgresErrorCodes.AdminShutdown
            or IdleInTransaction or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow or PostgresErrorCodes.DiskFull,
        NpgsqlException or TimeoutException or IOException or SocketException => true,
        _ => false,
    };

    /// <summary>Something in the commit itself, such as a text the database cannot hold.</summary>
    public static bool IsOfTheCommit(Exception e) => e is not (NpgsqlException or IOException or TimeoutException or SocketException)
        || e is PostgresException { SqlState: ['2', '2', ..] or ['2', '3', ..] or ['5', '4', ..] };

    /// <summary>A month's first row comes before its partition.</summary>
    public static bool IsOfAPartition(Exception e) => e is PostgresException { SqlState: PostgresErrorCodes.CheckViolation };

    public static StoreUnavailableException Explain(Exception e, string place)
    {
        var remedy = (e as PostgresException)?.SqlState switch
        {
            PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification =>
                "The user or its password is wrong: put them right in the connection string.",
            PostgresErrorCodes.InvalidCatalogName => "Create the database, or name another in the connection string.",
            PostgresErrorCodes.InsufficientPrivilege => "Grant the user CREATE on the database's schema.",
            PostgresErrorCodes.DiskFull => "Free space on the database's disk; the server goes on by itself.",
            PostgresErrorCodes.ReadOnlySqlTransaction => "It is a standby: name all hosts, and the primary is found by itself.",
            PostgresErrorCodes.TooManyConnections => "Raise max_connections, or lower 'Maximum Pool Size' in the connection string.",
            null => "Start it, or check host and port; the server goes on by itself when it is back.",
            _ => "Its log says more.",
        };
        return new StoreUnavailableException($"PostgreSQL at {place} cannot be used: {e.Message.TrimEnd('.')}. {remedy}", e);
    }
}
