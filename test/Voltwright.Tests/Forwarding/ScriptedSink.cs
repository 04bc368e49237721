using Voltwright.Forwarding;
using Voltwright.Storage;

namespace Voltwright.Tests.Forwarding;

/// <summary>A destination that answers as the test says, and remembers what arrived.</summary>
internal sealed class ScriptedSink(Func<StoredEvent, CancellationToken, Task<SendOutcome>> answer) : IEventSink
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly Lock _lock = new();
    private readonly List<StoredEvent> _delivered = [];
    private TaskCompletionSource _arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _asked;

    public ScriptedSink(Func<StoredEvent, SendOutcome> answer)
        : this((e, _) => Task.FromResult(answer(e)))
    {
    }

    public static SendOutcome Delivered { get; } = new SendOutcome.Delivered();

    public int Asked => Volatile.Read(ref _asked);

    public IReadOnlyList<StoredEvent> All
    {
        get
        {
            lock (_lock)
                return [.. _delivered];
        }
    }

    public async Task<SendOutcome> SendAsync(StoredEvent e, CancellationToken cancellation)
    {
        Interlocked.Increment(ref _asked);
        var outcome = await answer(e, cancellation);
        lock (_lock)
        {
            if (outcome is SendOutcome.Delivered)
                _delivered.Add(e);
        }

        Interlocked.Exchange(ref _arrived, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
        return outcome;
    }

    /// <summary>Waits until what arrived is as expected.</summary>
    public async Task UntilAsync(string expected, Func<IReadOnlyList<StoredEvent>, bool> isIt)
    {
        while (true)
        {
            var arrived = Volatile.Read(ref _arrived).Task;
            if (isIt(All))
                return;
            try
            {
                await arrived.WaitAsync(Patience);
            }
            catch (TimeoutException)
            {
                throw new TimeoutException($"Expected {expected}; arrived: {string.Join(' ', All.Select(NameOf))}.");
            }
        }
    }

    public static string NameOf(StoredEvent e) => $"{e.Envelope["subject"].AsString()}:{e.Envelope["data"]}";
}
