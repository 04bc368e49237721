namespace Voltwright.Gateway;

/// <summary>One message between us and a station, as it went over the wire.</summary>
/// <param name="Sent">By us; else by the station.</param>
/// <param name="Text">UTF-8, cut at <see cref="StationTalk.LongestKept"/> bytes.</param>
public sealed record StationMessage(string StationId, DateTimeOffset At, bool Sent, ReadOnlyMemory<byte> Text, int Bytes);

/// <summary>
/// The newest messages with all stations, for people who look for what went wrong. Kept in memory, within a fixed bound: what counts
/// is in the event log.
/// </summary>
public sealed class StationTalk(TimeProvider time)
{
    public const int LongestKept = 4096;
    private const int Places = 16_384;
    private const int MostBytes = 16 * 1024 * 1024;
    private readonly Lock _lock = new();
    private readonly StationMessage?[] _messages = new StationMessage?[Places];
    private long _next;
    private long _oldest;
    private int _bytes;

    public void Note(string stationId, bool sent, ReadOnlySpan<byte> text)
    {
        var message = new StationMessage(stationId, time.GetUtcNow(), sent, text[..Math.Min(text.Length, LongestKept)].ToArray(), text.Length);
        lock (_lock)
        {
            while (_next - _oldest == Places || (_bytes + message.Text.Length > MostBytes && _oldest < _next))
                Forget();
            _messages[_next++ % Places] = message;
            _bytes += message.Text.Length;
        }
    }

    /// <summary>A station's messages, newest first.</summary>
    public IReadOnlyList<StationMessage> Of(string stationId, int limit)
    {
        var found = new List<StationMessage>();
        lock (_lock)
        {
            for (var i = _next - 1; i >= _oldest && found.Count < limit; i--)
            {
                if (_messages[i % Places] is { } message && message.StationId == stationId)
                    found.Add(message);
            }
        }

        return found;
    }

    private void Forget()
    {
        ref var oldest = ref _messages[_oldest++ % Places];
        _bytes -= oldest!.Text.Length;
        oldest = null;
    }
}
