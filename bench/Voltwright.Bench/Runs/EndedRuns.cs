using System.Diagnostics.Metrics;

namespace Voltwright.Bench.Runs;

/// <summary>Counts the runs that end in this process, as the server's own metrics tell it.</summary>
internal sealed class EndedRuns : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly Lock _lock = new();
    private long _ended;
    private long _awaited = long.MaxValue;
    private TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public EndedRuns()
    {
        _listener.SetMeasurementEventCallback<long>((_, count, tags, _) => Count(count, tags));
        _listener.EnableMeasurementEvents(Metrics.RunsEnded);
        _listener.Start();
    }

    /// <summary>Told of every run that ends, before it is counted.</summary>
    public event Action? Ended;

    /// <summary>Those that did not complete.</summary>
    public long Failed { get; private set; }

    /// <summary>Completes when so many more runs have ended; arm it before they begin.</summary>
    public Task WhenAnother(int count)
    {
        lock (_lock)
        {
            _awaited = _ended + count;
            _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
            return _reached.Task;
        }
    }

    public void Dispose() => _listener.Dispose();

    private void Count(long count, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        Ended?.Invoke();
        var completed = false;
        foreach (var tag in tags)
            completed |= tag is { Key: "status" } && $"{tag.Value}" == "Completed";
        lock (_lock)
        {
            _ended += count;
            Failed += completed ? 0 : count;
            if (_ended >= _awaited)
                _reached.TrySetResult();
        }
    }
}
