using System.Threading.Channels;

namespace Voltwright.Storage;

/// <summary>Commits that wait for the one committer of a process; bounded, so that a slow disk slows the writers down.</summary>
internal sealed class CommitQueue
{
    public const int AtOnce = 1000;
    private const int Limit = 8192;

    private readonly Channel<Waiting> _queue = Channel.CreateBounded<Waiting>(new BoundedChannelOptions(Limit) { SingleReader = true });

    /// <exception cref="ObjectDisposedException">The store is closed.</exception>
    public async ValueTask EnqueueAsync(Waiting waiting, CancellationToken cancellation)
    {
        try
        {
            if (!_queue.Writer.TryWrite(waiting))
                await _queue.Writer.WriteAsync(waiting, cancellation);
        }
        catch (ChannelClosedException)
        {
            throw new ObjectDisposedException(nameof(IStore));
        }
    }

    /// <summary>Takes what waits, up to a bound, without waiting for more.</summary>
    public void Take(List<Waiting> gathered)
    {
        while (gathered.Count < AtOnce && _queue.Reader.TryRead(out var waiting))
            gathered.Add(waiting);
    }

    /// <summary>False when the store is closed and nothing waits any more.</summary>
    public ValueTask<bool> WaitAsync() => _queue.Reader.WaitToReadAsync();

    public void Close() => _queue.Writer.TryComplete();

    /// <summary>A caller with its commit.</summary>
    internal sealed class Waiting(JournalEntry entry) : TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously)
    {
        public JournalEntry Entry { get; } = entry;
    }
}
