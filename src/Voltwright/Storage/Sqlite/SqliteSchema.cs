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
        var found = session["PRAGMA user_version"].Only(r => r.Int64(0));
        var owner = session["PRAGMA application_id"].Only(r => r.Int64(0));
        if (owner != ApplicationId && session["SELECT count(*) FROM sqlite_schema"].Only(r => r.Int64(0)) > 0)
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
}
