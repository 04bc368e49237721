using System.Buffers.Binary;
using System.IO.Hashing;

namespace Voltwright.Storage.Sqlite;

/// <summary>
/// Some commits as a file of the journal holds them: a checksum of what follows, a mark, the size, their place among all commits, then each
/// with its length. Numbers are little-endian; a frame begins and ends at a multiple of eight.
/// </summary>
/// <param name="Size">In bytes, with this header.</param>
/// <param name="Before">The position before its first commit.</param>
/// <param name="Last">That of its last commit.</param>
internal readonly record struct JournalFrame(int Size, long Before, long Last)
{
    public const int HeaderSize = 32;
    public const int Alignment = 8;
    private const int MarkPlace = sizeof(ulong);

    private const int SizePlace = MarkPlace + sizeof(int);
    private const int BeforePlace = SizePlace + sizeof(int);
    private const int LastPlace = BeforePlace + sizeof(long);

    /// <summary>Begins with a byte that no text in UTF-8 has.</summary>
    public static ReadOnlySpan<byte> Mark => [0xFE, (byte)'V', (byte)'w', (byte)'J'];

    public static void Write(JournalBuffer output, IReadOnlyList<JournalEntry> entries)
    {
        output.Clear();
        output.Add(HeaderSize);
        foreach (var entry in entries)
        {
            var place = output.Count;
            output.Add(sizeof(int));
            JournalFormat.Encode(entry, output);
            BinaryPrimitives.WriteInt32LittleEndian(output.Written[place..], output.Count - place - sizeof(int));
        }

        output.Add(-output.Count & (Alignment - 1)).Clear();
        var frame = output.Written;
        Mark.CopyTo(frame[MarkPlace..]);
        BinaryPrimitives.WriteInt32LittleEndian(frame[SizePlace..], frame.Length);
        BinaryPrimitives.WriteInt64LittleEndian(frame[BeforePlace..], entries[0].Position - entries[0].Span);
        BinaryPrimitives.WriteInt64LittleEndian(frame[LastPlace..], entries[^1].Position);
        BinaryPrimitives.WriteUInt64LittleEndian(frame, Checksum(frame));
    }

    /// <summary>What a header says, if it is one; whether the frame is whole, its checksum tells.</summary>
    public static JournalFrame? ReadHeader(ReadOnlySpan<byte> header)
    {
        if (!header[MarkPlace..].StartsWith(Mark))
            return null;
        var frame = new JournalFrame(
            BinaryPrimitives.ReadInt32LittleEndian(header[SizePlace..]),
            BinaryPrimitives.ReadInt64LittleEndian(header[BeforePlace..]),
            BinaryPrimitives.ReadInt64LittleEndian(header[LastPlace..]));
        return frame.Size > HeaderSize && frame.Size % Alignment == 0 && frame.Before < frame.Last ? frame : null;
    }

    public static bool IsWhole(ReadOnlySpan<byte> frame) => BinaryPrimitives.ReadUInt64LittleEndian(frame) == Checksum(frame);

    /// <param name="bytes">The whole frame.</param>
    public IEnumerable<JournalEntry> Entries(ReadOnlyMemory<byte> bytes)
    {
        var position = Before;
        for (var rest = bytes[HeaderSize..]; position < Last;)
        {
            var length = BinaryPrimitives.ReadInt32LittleEndian(rest.Span);
            var entry = JournalFormat.Decode(rest.Slice(sizeof(int), length));
            entry.Position = position += entry.Span;
            yield return entry;
            rest = rest[(sizeof(int) + length)..];
        }
    }

    private static ulong Checksum(ReadOnlySpan<byte> frame) => XxHash3.HashToUInt64(frame[MarkPlace..]);
}
