using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Voltwright.Events;

/// <summary>Ids that sort by the time they were made, also within one millisecond: UUID version 7 with a counter.</summary>
/// <remarks>RFC 9562, 6.2, method 1.</remarks>
public sealed class TimeIds(TimeProvider clock)
{
    private const int CounterBits = 12;

    private long _last;

    public string Next()
    {
        long last, next;
        do
        {
            last = Interlocked.Read(ref _last);
            // A counter that runs over borrows from the next millisecond, and so does a clock set back.
            next = Math.Max(clock.GetUtcNow().ToUnixTimeMilliseconds() << CounterBits, last + 1);
        }
        while (Interlocked.CompareExchange(ref _last, next, last) != last);

        Span<byte> id = stackalloc byte[16];
        RandomNumberGenerator.Fill(id[8..]);
        BinaryPrimitives.WriteInt64BigEndian(id, (next >> CounterBits << 16) | 0x7000 | (next & 0xFFF));
        id[8] = (byte)((id[8] & 0x3F) | 0x80);
        return new Guid(id, bigEndian: true).ToString();
    }
}
