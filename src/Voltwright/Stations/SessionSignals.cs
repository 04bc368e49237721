using System.Collections.Concurrent;
using Voltwright.Sessions;

namespace Voltwright.Stations;

/// <summary>Tells who waits for the end of a session, in this process, as soon as the end is committed.</summary>
public sealed class SessionSignals
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource<Session>> _waiting = new(StringComparer.Ordinal);

    /// <summary>Completes when the session is over. Arm it first, then look at the session: what ended before is not told again.</summary>
    public Task<Session> WhenOver(string sessionId) =>
        _waiting.GetOrAdd(sessionId, _ => new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    public void Publish(Session session)
    {
        if (!session.IsOpen && _waiting.TryRemove(session.Id, out var waiter))
            waiter.TrySetResult(session);
    }
}
