using System.Security.Cryptography;
using System.Text;

namespace Voltwright.Stations;

/// <summary>A station's secret, as it is kept: <c>credential/{stationId}</c>, apart from what is shown of the station.</summary>
/// <param name="Next">A secret that the station was given and has not used yet: until it does, both are good.</param>
public sealed record Credential(string Hash, string Salt, int Iterations, DateTimeOffset SetAt, Credential? Next = null)
{
    /// <summary>
    /// Enough to make a stolen database expensive, few enough for every station of a site to reconnect in the same second:
    /// about 5 ms each. Secrets of stations are random, not chosen by people.
    /// </summary>
    private const int DefaultIterations = 20_000;

    public static Credential Of(string secret, DateTimeOffset now)
    {
        var salt = RandomNumberGenerator.GetBytes(16);
        return new(Convert.ToBase64String(Derive(secret, salt, DefaultIterations)), Convert.ToBase64String(salt), DefaultIterations, now);
    }

    /// <summary>
    /// 20 random bytes in hexadecimal: stations that use the text and stations that decode it first (OCPP 1.6 security whitepaper,
    /// both readings are in the field) come back with something that tells which they are.
    /// </summary>
    public static string NewSecret()
    {
        while (true)
        {
            var bytes = RandomNumberGenerator.GetBytes(20);
            if (!System.Text.Unicode.Utf8.IsValid(bytes))
                return Convert.ToHexString(bytes);
        }
    }

    public bool Matches(string secret) =>
        CryptographicOperations.FixedTimeEquals(Derive(secret, Convert.FromBase64String(Salt), Iterations), Convert.FromBase64String(Hash));

    private static byte[] Derive(string secret, byte[] salt, int iterations) =>
        Rfc2898DeriveBytes.Pbkdf2(Encoding.UTF8.GetBytes(secret), salt, iterations, HashAlgorithmName.SHA256, 32);
}
