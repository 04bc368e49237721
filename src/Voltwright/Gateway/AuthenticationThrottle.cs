using System.Collections.Concurrent;

namespace Voltwright.Gateway;

/// <summary>
/// Slows guessing of secrets down: after some failures for one station from one address, a pause in which nothing is checked.
/// </summary>
public sealed class AuthenticationThrottle(TimeProvider time)
{
    private const int FailuresAllowed = 10;
    private const int AddressesKept = 10_000;
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<(string Station, string Address), Failures> _failures = new();

    public bool IsPaused(string station, string address) =>
        _failures.TryGetValue((station, address), out var failures) && failures.Count >= FailuresAllowed && !IsOver(failures);

    public void Failed(string station, string address)
    {
        if (_failures.Count >= AddressesKept)
            ForgetOld();
        var now = time.GetUtcNow();
        _failures.AddOrUpdate(
            (station, address),
            _ => new Failures(1, now),
            (_, known) => IsOver(known) ? new Failures(1, now) : new Failures(known.Count + 1, now));
    }

    public void Succeeded(string station, string address) => _failures.TryRemove((station, address), out _);

    private bool IsOver(Failures failures) => time.GetUtcNow() - failures.Last >= Pause;

    private void ForgetOld()
    {
        foreach (var (key, failures) in _failures)
        {
            if (IsOver(failures))
                _failures.TryRemove(key, out _);
        }

        // Guesses from ever new addresses must not fill memory either: forgetting them costs an attacker's pause at most.
        if (_failures.Count >= AddressesKept)
            _failures.Clear();
    }

    private readonly record struct Failures(int Count, DateTimeOffset Last);
}
