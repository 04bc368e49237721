using System.Collections.Concurrent;

namespace Voltwright.Server.Auth;

/// <summary>Slows guessing down: after too many wrong credentials, a caller waits before more are even looked at.</summary>
public sealed class FailureLimit(TimeProvider time, int allowed, TimeSpan window)
{
    public const int Allowed = 20;
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(1);
    private const int Remembered = 10_000;
    private readonly ConcurrentDictionary<string, Failures> _failures = new(StringComparer.Ordinal);

    public FailureLimit(TimeProvider time)
        : this(time, Allowed, Window)
    {
    }

    /// <summary>How long the caller must wait; zero when it may try.</summary>
    public TimeSpan WaitFor(string caller)
    {
        if (!_failures.TryGetValue(caller, out var failures) || failures.Count < allowed)
            return TimeSpan.Zero;
        var rest = failures.Since + window - time.GetUtcNow();
        return rest > TimeSpan.Zero ? rest : TimeSpan.Zero;
    }

    public void Note(string caller)
    {
        var now = time.GetUtcNow();
        if (_failures.Count > Remembered)
            Forget(now);
        _failures.AddOrUpdate(
            caller,
            _ => new Failures(1, now),
            (_, f) => now - f.Since > window ? new Failures(1, now) : f with { Count = f.Count + 1 });
    }

    /// <summary>Takes back what was noted before it was known to be right.</summary>
    public void Forgive(string caller)
    {
        if (_failures.TryGetValue(caller, out var failures))
            _failures.TryUpdate(caller, failures with { Count = failures.Count - 1 }, failures);
    }

    private void Forget(DateTimeOffset now)
    {
        foreach (var (caller, failures) in _failures)
        {
            if (now - failures.Since > window)
                _failures.TryRemove(caller, out _);
        }
    }

    private sealed record Failures(int Count, DateTimeOffset Since);
}
