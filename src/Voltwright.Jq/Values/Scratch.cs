using System.Buffers;
using System.Text;

namespace Voltwright.Jq;

/// <summary>Pooled room for a while. What only a huge text needed is not kept, or the process would stay as large for ever.</summary>
internal static class Scratch
{
    private const int MostKeptBytes = 32 << 20;
    private const int ShortText = 1 << 20;

    public static byte[] Rent(int bytes) =>
        bytes <= MostKeptBytes ? ArrayPool<byte>.Shared.Rent(bytes) : GC.AllocateUninitializedArray<byte>(bytes);

    /// <summary>Room for a text in UTF-8; of a long one it is worth counting how much that is.</summary>
    public static byte[] RentFor(string text) =>
        Rent(text.Length <= ShortText ? Encoding.UTF8.GetMaxByteCount(text.Length) : Encoding.UTF8.GetByteCount(text));

    public static void Return(byte[] room)
    {
        if (room.Length <= MostKeptBytes)
            ArrayPool<byte>.Shared.Return(room);
    }
}
