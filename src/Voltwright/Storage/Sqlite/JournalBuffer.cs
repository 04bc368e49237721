namespace Voltwright.Storage.Sqlite;

/// <summary>Bytes that grow at their end; the same room is used again.</summary>
internal sealed class JournalBuffer
{
    private const int UsualSize = 4 << 20;

    private byte[] _bytes = new byte[4096];

    public int Count { get; private set; }

    public Span<byte> Written => _bytes.AsSpan(0, Count);

    /// <summary>Room for what was rarely needed is given back.</summary>
    public void Clear()
    {
        Count = 0;
        if (_bytes.Length > UsualSize)
            _bytes = new byte[UsualSize];
    }

    /// <summary>So many more, to be written to; they may hold anything.</summary>
    public Span<byte> Add(int size)
    {
        if (size > _bytes.Length - Count)
            Array.Resize(ref _bytes, Math.Max(checked(Count + size), (int)Math.Min(2L * _bytes.Length, Array.MaxLength)));
        Count += size;
        return _bytes.AsSpan(Count - size, size);
    }
}
