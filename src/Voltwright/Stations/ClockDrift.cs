namespace Voltwright.Stations;

/// <summary>
/// How far a station's clock is off. Messages may be old, never young: of the newest ones, the one that is least behind tells the
/// clock; the others tell how long they waited.
/// </summary>
internal sealed class ClockDrift
{
    private const int Kept = 8;

    private readonly Queue<TimeSpan> _seen = new();

    public TimeSpan? Value => _seen.Count == 0 ? null : _seen.Max();

    public void Note(DateTimeOffset said, DateTimeOffset now)
    {
        if (_seen.Count == Kept)
            _seen.Dequeue();
        _seen.Enqueue(said - now);
    }
}
