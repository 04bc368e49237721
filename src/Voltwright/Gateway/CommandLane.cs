namespace Voltwright.Gateway;

/// <summary>One command under way at a time, the others in line up to a bound: a mute station never piles up memory.</summary>
public sealed class CommandLane(int capacity) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private int _inside;

    public async Task<CommandOutcome> RunAsync(Func<Task<CommandOutcome>> send, CancellationToken cancellation)
    {
        try
        {
            if (Interlocked.Increment(ref _inside) > capacity)
                return new CommandOutcome.Rejected($"{capacity} commands are waiting for this station already; try again when it answers.");
            await _turn.WaitAsync(cancellation);
            try
            {
                return await send();
            }
            finally
            {
                _turn.Release();
            }
        }
        finally
        {
            Interlocked.Decrement(ref _inside);
        }
    }

    public void Dispose() => _turn.Dispose();
}
