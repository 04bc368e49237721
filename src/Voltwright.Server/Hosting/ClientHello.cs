using System.Buffers;
using System.Buffers.Binary;
using System.Net.Security;

namespace Voltwright.Server.Hosting;

/// <summary>
/// What a TLS client says with its first message about the keys it can work with: cipher suites and signature algorithms (RFC 5246
/// sections 7.4.1.2 and 7.4.1.4.1, RFC 8446 section 4.2.3).
/// </summary>
/// <param name="Ecdsa">A certificate with an elliptic-curve key will do.</param>
/// <param name="EphemeralRsa">With an RSA key, the session's secret can still be one that the key does not give away later.</param>
internal readonly record struct ClientHello(bool Ecdsa, bool EphemeralRsa)
{
    private const byte Handshake = 22;
    private const byte Hello = 1;
    private const int SignatureAlgorithms = 13;

    /// <summary>Of a client that cannot be understood, and will be told so by TLS itself.</summary>
    public static ClientHello Unknown { get; } = new(true, true);

    /// <param name="record">The first TLS record, with its header.</param>
    public static ClientHello Read(ReadOnlySequence<byte> record)
    {
        var rest = (ReadOnlySpan<byte>)record.ToArray();
        if (Take(ref rest, 1) is not [Handshake] || Take(ref rest, 4).IsEmpty || Take(ref rest, 1) is not [Hello] || Take(ref rest, 3).IsEmpty)
            return Unknown;
        Take(ref rest, 2 + 32);
        TakeCounted(ref rest, 1);
        var (certificates13, ecdsa, ephemeralRsa) = (false, false, false);
        for (var suites = TakeCounted(ref rest, 2); suites.Length >= 2; suites = suites[2..])
        {
            var suite = (TlsCipherSuite)BinaryPrimitives.ReadUInt16BigEndian(suites);
            certificates13 |= (int)suite >> 8 == 0x13;
            ecdsa |= IsEcdsa(suite);
            ephemeralRsa |= IsEphemeralRsa(suite);
        }

        TakeCounted(ref rest, 1);
        return new((certificates13 || ecdsa) && SignsByEcdsa(TakeCounted(ref rest, 2)), certificates13 || ephemeralRsa);
    }

    // A client that does not name any signature takes what its suites say.
    private static bool SignsByEcdsa(ReadOnlySpan<byte> extensions)
    {
        while (Take(ref extensions, 2) is { Length: 2 } type)
        {
            var body = TakeCounted(ref extensions, 2);
            if (BinaryPrimitives.ReadUInt16BigEndian(type) != SignatureAlgorithms)
                continue;
            for (var schemes = TakeCounted(ref body, 2); schemes.Length >= 2; schemes = schemes[2..])
            {
                if (BinaryPrimitives.ReadUInt16BigEndian(schemes) is 0x0403 or 0x0503 or 0x0603)
                    return true;
            }

            return false;
        }

        return true;
    }

    private static bool IsEcdsa(TlsCipherSuite suite) => suite is
        TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256 or TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384
        or TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256
        or TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256 or TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384
        or TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA or TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA;

    private static bool IsEphemeralRsa(TlsCipherSuite suite) => suite is
        TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256 or TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384
        or TlsCipherSuite.TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256
        or TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256 or TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384
        or TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA or TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA;

    /// <summary>A vector with its length before it; empty when there is none.</summary>
    private static ReadOnlySpan<byte> TakeCounted(ref ReadOnlySpan<byte> rest, int lengthBytes) => Take(ref rest, lengthBytes) switch
    {
        [var length] => Take(ref rest, length),
        [var high, var low] => Take(ref rest, (high << 8) | low),
        _ => [],
    };

    /// <summary>The next bytes; empty, and nothing left, where there are fewer.</summary>
    private static ReadOnlySpan<byte> Take(ref ReadOnlySpan<byte> rest, int count)
    {
        if (count > rest.Length)
            rest = [];
        var taken = rest[..Math.Min(count, rest.Length)];
        rest = rest[taken.Length..];
        return taken;
    }
}
