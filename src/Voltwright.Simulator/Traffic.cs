using System.Collections.Concurrent;

namespace Voltwright.Simulator;

/// <summary>Counts messages, measures answers and collects what the other end did against the protocol.</summary>
public sealed class Traffic
{
    const int MaxViolations = 100;

    readonly ConcurrentQueue<TimeSpan> _latencies = new();
    readonly ConcurrentQueue<string> _violations = new();
    long _sent;
    long _received;

    public long Sent => Interlocked.Read(ref _sent);

    public long Received => Interlocked.Read(ref _received);

    /// <summary>Time from each message to its answer.</summary>
    public IReadOnlyCollection<TimeSpan> Latencies => _latencies;

    /// <summary>Errors, timeouts and answers against their schema; the first hundred.</summary>
    public IReadOnlyCollection<string> Violations => _violations;

    public void CountSent() => Interlocked.Increment(ref _sent);

    public void CountReceived() => Interlocked.Increment(ref _received);

    public void Answered(TimeSpan after) => _latencies.Enqueue(after);

    public void Violated(string what)
    {
        if (_violations.Count < MaxViolations) _violations.Enqueue(what);
    }
}
