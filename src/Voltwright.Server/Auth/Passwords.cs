using System.Globalization;
using System.Security.Cryptography;

namespace Voltwright.Server.Auth;

/// <summary>PBKDF2 with HMAC-SHA-512: <c>pbkdf2-sha512$rounds$salt$hash</c>, so that rounds can grow and old hashes stay readable.</summary>
public static class Passwords
{
    public const int ShortestLength = 12;
    private const int LongestLength = 256;
    private const string Scheme = "pbkdf2-sha512";
    private const int Rounds = 210_000;
    private const int Bytes = 32;

    // What an unknown name is checked against, so that it takes as long as a known one.
    private static readonly Lazy<string> OfNobody = new(() => Hash(Convert.ToHexString(RandomNumberGenerator.GetBytes(Bytes))));

    /// <summary>Null when it can be used.</summary>
    public static string? Problem(string password) =>
        password.Length < ShortestLength ? string.Create(CultureInfo.InvariantCulture, $"A password has at least {ShortestLength} characters.")
        : password.Length > LongestLength ? string.Create(CultureInfo.InvariantCulture, $"A password has at most {LongestLength} characters.")
        : password.Distinct().Count() < 5 ? "That password repeats itself too much."
        : null;

    public static string Hash(string password)
    {
        var salt = RandomNumberGenerator.GetBytes(16);
        var hash = Rfc2898DeriveBytes.Pbkdf2(password, salt, Rounds, HashAlgorithmName.SHA512, Bytes);
        return string.Create(CultureInfo.InvariantCulture, $"{Scheme}${Rounds}${Convert.ToBase64String(salt)}${Convert.ToBase64String(hash)}");
    }

    /// <param name="stored">Null for nobody: the answer is no, after the usual time.</param>
    public static bool Verify(string password, string? stored)
    {
        var parts = (stored ?? OfNobody.Value).Split('$');
        if (parts is not [Scheme, var rounds, var salt, var expected] || password.Length > LongestLength)
            return false;
        var wanted = Convert.FromBase64String(expected);
        var count = int.Parse(rounds, CultureInfo.InvariantCulture);
        var hash = Rfc2898DeriveBytes.Pbkdf2(password, Convert.FromBase64String(salt), count, HashAlgorithmName.SHA512, wanted.Length);
        return CryptographicOperations.FixedTimeEquals(hash, wanted) && stored is not null;
    }
}
