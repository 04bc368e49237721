using System.Net;
using System.Net.Sockets;

namespace Voltwright.Bench.Serving;

/// <summary>
/// Ports of loopback for what cannot take port 0, since it must come back to the same one after a kill, or tell it beforehand. Each process
/// claims a block of them for its life: a port that is free now may be asked for by a neighbour before it is listened at.
/// </summary>
public static class Ports
{
    // Below those that systems give to outgoing connections and to whoever asks for any: nobody else comes by one by chance.
    private const int First = 20_000;
    private const int BlockSize = 128;
    private const int Blocks = (32_768 - First) / BlockSize;

    private static readonly Lock s_gate = new();
    private static FileStream? s_claim;
    private static int s_block;
    private static int s_given;

    /// <summary>A port that nobody listens at; the block is gone through before one is given again.</summary>
    public static int Free()
    {
        lock (s_gate)
        {
            s_claim ??= Claim();
            for (var tries = 0; tries < BlockSize; tries++)
            {
                var port = First + s_block * BlockSize + s_given++ % BlockSize;
                if (IsFree(port))
                    return port;
            }
            throw new InvalidOperationException($"All {BlockSize} ports from {First + s_block * BlockSize} on are in use.");
        }
    }

    // The lock goes with the process, however it ends. The file stays, for the next to claim.
    private static FileStream Claim()
    {
        var folder = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), $"voltwright-ports-{Environment.UserName}"));
        for (s_block = 0; s_block < Blocks; s_block++)
        {
            try
            {
                return new FileStream(Path.Combine(folder.FullName, $"{s_block}"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException)
            {
                // A neighbour's.
            }
        }
        throw new InvalidOperationException($"All {Blocks} blocks of ports are claimed by running processes: {folder.FullName}.");
    }

    private static bool IsFree(int port)
    {
        using var listener = new TcpListener(IPAddress.Loopback, port);
        try
        {
            listener.Start();
            return true;
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            return false;
        }
    }
}
