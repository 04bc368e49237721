using Voltwright.Storage;

namespace Voltwright.Stations;

/// <summary>
/// Numbers for the transactions of OCPP 1.6 stations: positive, and unique in the whole installation, restarts included.
/// Blocks never overlap, because taking one moves the counter's version; within a block each number is handed out once,
/// under a lock. A crash loses the rest of a block, nothing else.
/// </summary>
public sealed class TransactionNumbers(IStore store) : IDisposable
{
    private const string Stream = "counter/transactions";
    private const int BlockSize = 500;

    private readonly SemaphoreSlim _gate = new(1, 1);
    private int _next = 1;
    private int _end = 1;

    public async ValueTask<int> NextAsync()
    {
        await _gate.WaitAsync();
        try
        {
            if (_next == _end)
                (_next, _end) = await TakeBlockAsync();
            return _next++;
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose() => _gate.Dispose();

    private async Task<(int First, int End)> TakeBlockAsync()
    {
        while (true)
        {
            var known = await store.LoadAsync(Stream);
            var first = known is null ? 1 : DomainJson.Read(known.Body, DomainJson.Default.NumberBlock).Next;
            var end = checked(first + BlockSize);
            var state = DomainJson.Write(new NumberBlock(end), DomainJson.Default.NumberBlock);
            try
            {
                await store.CommitAsync(new Commit { Writes = [new(Stream, known?.Version ?? 0, state)] });
                return (first, end);
            }
            catch (StaleVersionException)
            {
                // Another process took that block.
            }
        }
    }
}
