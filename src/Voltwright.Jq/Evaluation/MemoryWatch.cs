namespace Voltwright.Jq.Evaluation;

/// <summary>
/// Bounds what an evaluation keeps alive. Nobody can count that exactly while others share the heap, so three things must come
/// together: the evaluation itself allocated more than the limit, the heap grew by more than the limit since it was smallest, and a
/// collection does not help. What is allocated and dropped costs nothing.
/// </summary>
internal sealed class MemoryWatch
{
    private const long FirstLook = 1 << 20;
    private const int LooksPerLimit = 8;

    private long _limit;
    private long _untilLook;
    private bool _looked;
    private long _smallestHeap;
    private long _confirmAt;
    private long _ownBefore;
    private long _threadBefore;

    /// <summary>Bytes allocated by this evaluation since the first look, on whichever threads it ran.</summary>
    private long Own => _ownBefore + GC.GetAllocatedBytesForCurrentThread() - _threadBefore;

    public void Start(long limit)
    {
        (_limit, _confirmAt, _looked) = (limit, limit, false);
        _untilLook = Math.Min(FirstLook, limit / LooksPerLimit);
    }

    /// <summary>Before so many bytes are allocated. False: they are too many.</summary>
    public bool Charge(long bytes) => (_untilLook -= bytes) >= 0 || Look(bytes);

    public bool Look(long bytes = 0)
    {
        if (bytes > _limit)
            return false;
        _untilLook = _limit / LooksPerLimit;
        var heap = GC.GetTotalMemory(false);
        if (!_looked)
        {
            (_looked, _smallestHeap) = (true, heap);
            MoveHere(0);
            return true;
        }

        // What others dropped before the first look goes some time: it must not make room for what is kept here.
        _smallestHeap = Math.Min(_smallestHeap, heap);

        if (Own + bytes <= _confirmAt || heap - _smallestHeap + bytes <= _limit)
            return true;
        GC.Collect();
        _confirmAt = Own + (_limit / 2);
        return GC.GetTotalMemory(false) - _smallestHeap + bytes <= _limit;
    }

    /// <summary>What to hand to <see cref="MoveHere"/> on the thread where the evaluation goes on.</summary>
    public long Leave() => Own;

    public void MoveHere(long own) => (_ownBefore, _threadBefore) = (own, GC.GetAllocatedBytesForCurrentThread());
}
