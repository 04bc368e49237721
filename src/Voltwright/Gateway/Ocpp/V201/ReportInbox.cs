using System.Collections.Concurrent;
using Voltwright.Ocpp.V201;
using Voltwright.Ocpp.V201.Types;

namespace Voltwright.Gateway.Ocpp.V201;

/// <summary>Collects the parts of a report until the last one, for whoever asked for it.</summary>
internal sealed class ReportInbox
{
    private readonly ConcurrentDictionary<int, Waiting> _waiting = new(concurrencyLevel: 1, capacity: 1);
    private int _lastId;

    /// <summary>A number to ask for a report by, and the report once it is whole.</summary>
    public (int RequestId, Task<IReadOnlyList<ReportData>> Whole) Expect()
    {
        var id = Interlocked.Increment(ref _lastId);
        var waiting = _waiting.GetOrAdd(id, _ => new Waiting());
        return (id, waiting.Whole.Task);
    }

    public void GiveUp(int requestId) => _waiting.TryRemove(requestId, out _);

    /// <summary>False when nobody waits for it.</summary>
    public bool Take(NotifyReportRequest part)
    {
        if (!_waiting.TryGetValue(part.RequestId, out var waiting))
            return false;
        waiting.Entries.AddRange(part.ReportData ?? []);
        if (part.Tbc != true && _waiting.TryRemove(part.RequestId, out _))
            waiting.Whole.TrySetResult(waiting.Entries);
        return true;
    }

    private sealed class Waiting
    {
        public List<ReportData> Entries { get; } = [];

        public TaskCompletionSource<IReadOnlyList<ReportData>> Whole { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
