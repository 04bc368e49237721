using System.Globalization;

namespace Voltwright.Storage.Sqlite;

/// <summary>Numbered scripts, applied at start. <c>user_version</c> says which were.</summary>
internal static class SqliteSchema
{
    /// <summary>"Volt": tells our files from other programs' databases.</summary>
    private const long ApplicationId = 0x566F6C74;

    /// <exception cref="StoreUnavailableException">The file is another program's, or a newer Voltwright wrote it.</exception>
    public static void Apply(SqliteSession session, string path)
    {
        var scripts = SchemaScripts.Read("Sqlite");
        var found = Number(session, "PRAGMA user_version");
        var owner = Number(session, "PRAGMA application_id");
        if (owner != ApplicationId && Number(session, "SELECT count(*) FROM sqlite_schema") > 0)
            throw new StoreUnavailableException($"'{path}' is the database of another program. Choose another folder with --data.");
        if (found > scripts.Count)
        {
            throw new StoreUnavailableException(
                $"'{path}' has schema {found}, written by a newer Voltwright; this one knows up to {scripts.Count}. "
                + "Run the newer version.");
        }

        if (found == scripts.Count)
            return;
        session.Transact(() =>
        {
            foreach (var script in scripts.Skip((int)found))
                session.Execute(script);
            session.Execute(string.Create(CultureInfo.InvariantCulture, $"PRAGMA application_id = {ApplicationId}"));
            session.Execute(string.Create(CultureInfo.InvariantCulture, $"PRAGMA user_version = {scripts.Count}"));
        });
    }

    private static long Number(SqliteSession session, string query)
    {
        var statement = session[query];
        statement.Step();
        var number = statement.Int64(0);
        statement.Reset();
        return number;
    }
}
