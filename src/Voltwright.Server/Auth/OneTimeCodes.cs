using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Voltwright.Server.Auth;

/// <summary>The second factor: six digits that change every 30 s, as authenticator apps make them.</summary>
/// <remarks>RFC 6238 with HMAC-SHA-1, which is what all apps know; RFC 4226, 5.3 for the digits.</remarks>
public static class OneTimeCodes
{
    private const int StepSeconds = 30;
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    public static string NewSecret()
    {
        // 32 letters of 5 bits: the 160 bits that RFC 4226 asks for.
        return string.Create(32, 0, (text, _) =>
        {
            foreach (ref var letter in text)
                letter = Alphabet[RandomNumberGenerator.GetInt32(Alphabet.Length)];
        });
    }

    /// <summary>What the app reads from the picture.</summary>
    public static string UriOf(string secret, string personId) =>
        $"otpauth://totp/Voltwright:{Uri.EscapeDataString(personId)}?secret={secret}&issuer=Voltwright";

    public static string CodeAt(string secret, DateTimeOffset at) => Code(Decode(secret), StepOf(at));

    /// <summary>The time step whose code it is, one step early or late included; null when it is none, or was used already.</summary>
    public static long? Match(string secret, string code, DateTimeOffset now, long lastStep)
    {
        var key = Decode(secret);
        var digits = Encoding.ASCII.GetBytes(code.Replace(" ", "", StringComparison.Ordinal));
        for (var step = StepOf(now) - 1; step <= StepOf(now) + 1; step++)
        {
            if (step > lastStep && CryptographicOperations.FixedTimeEquals(digits, Encoding.ASCII.GetBytes(Code(key, step))))
                return step;
        }

        return null;
    }

    private static long StepOf(DateTimeOffset at) => at.ToUnixTimeSeconds() / StepSeconds;

    private static string Code(byte[] key, long step)
    {
        Span<byte> counter = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
        Span<byte> hash = stackalloc byte[HMACSHA1.HashSizeInBytes];
#pragma warning disable CA5350 // The algorithm is the standard's; its known weakness does not touch HMAC.
        HMACSHA1.HashData(key, counter, hash);
#pragma warning restore CA5350
        var number = BinaryPrimitives.ReadInt32BigEndian(hash[(hash[^1] & 15)..]) & int.MaxValue;
        return (number % 1_000_000).ToString("000000", CultureInfo.InvariantCulture);
    }

    private static byte[] Decode(string secret)
    {
        var bytes = new byte[secret.Length * 5 / 8];
        var (bits, count, at) = (0, 0, 0);
        foreach (var letter in secret)
        {
            bits = (bits << 5) | Alphabet.IndexOf(letter, StringComparison.Ordinal);
            count += 5;
            if (count < 8)
                continue;
            count -= 8;
            bytes[at++] = (byte)(bits >> count);
            bits &= (1 << count) - 1;
        }

        return bytes;
    }
}
