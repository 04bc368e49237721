using Microsoft.Extensions.Logging;
using Voltwright.Storage;
using Voltwright.Storage.Sqlite;

namespace Voltwright.Testing;

/// <summary>A real store in a folder of its own, gone afterwards.</summary>
public sealed class TemporaryStore : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly TimeProvider? _clock;
    private readonly ILogger? _log;
    private SqliteStore _store;

    public TemporaryStore(TimeProvider? clock = null, ILogger? log = null)
    {
        (_clock, _log) = (clock, log);
        _store = SqliteStore.Open(_folder.Path, clock, log);
    }

    public IStore Store => _store;

    public string Folder => _folder.Path;

    /// <summary>Closes the store and opens it again, as a restart does.</summary>
    public IStore Reopen()
    {
        _store.Dispose();
        return _store = SqliteStore.Open(_folder.Path, _clock, _log);
    }

    public void Dispose()
    {
        _store.Dispose();
        _folder.Dispose();
    }
}
