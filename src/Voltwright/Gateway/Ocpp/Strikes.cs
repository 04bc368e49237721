namespace Voltwright.Gateway.Ocpp;

/// <summary>Counts how often a station had to be answered with an error; too often within a minute is abuse.</summary>
public sealed class Strikes(int tolerated, TimeProvider time)
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private long _since = time.GetTimestamp();
    private int _count;

    /// <summary>Looks at a message that was sent; true when the connection should end.</summary>
    public bool Count(ReadOnlySpan<byte> sent)
    {
        if (!sent.StartsWith("[4,"u8))
            return false;
        lock (_lock)
        {
            if (time.GetElapsedTime(_since) > Window)
                (_since, _count) = (time.GetTimestamp(), 0);
            return ++_count > tolerated;
        }
    }
}
