using Voltwright.Storage;
using Voltwright.Testing;

namespace Voltwright.Tests.Storage;

public sealed class SqliteStoreTests : StoreSuite, IDisposable
{
    private readonly TemporaryStore _temporary = new();

    protected override IStore Store => _temporary.Store;

    public void Dispose() => _temporary.Dispose();

    protected override IStore Reopen() => _temporary.Reopen();
}
