using System.Security.Cryptography;
using System.Text;

namespace Voltwright.Stations;

/// <summary>A station's secret, as it is kept: <c>credential/{stationId}</c>, apart from what is shown of the station.</summary>
public sealed record Credential(string Hash, string Salt, int Iterations, DateTimeOffset SetAt)
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

    public bool Matches(string secret) =>
        CryptographicOperations.FixedTimeEquals(Derive(secret, Convert.FromBase64String(Salt), Iterations), Convert.FromBase64String(Hash));

    private static byte[] Derive(string secret, byte[] salt, int iterations) =>
        Rfc2898DeriveBytes.Pbkdf2(Encoding.UTF8.GetBytes(secret), salt, iterations, HashAlgorithmName.SHA256, 32);
}
