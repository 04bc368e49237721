using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Voltwright.Forwarding.Webhooks;

/// <summary>The shared secret of a webhook, and what is signed with it.</summary>
/// <remarks>Standard Webhooks 1.0, "Signature scheme": HMAC-SHA256 over <c>id.timestamp.body</c>.</remarks>
public static class WebhookSecret
{
    public const string Prefix = "whsec_";
    private const int Fewest = 24;
    private const int Most = 64;

    public static string New() => Prefix + Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

    /// <summary>Why it is no secret, for people; null when it is one.</summary>
    public static string? Problem(string secret) => KeyOf(secret) is { Length: >= Fewest and <= Most } ? null
        : $"A secret is '{Prefix}' and {Fewest} to {Most} random bytes in Base64; leave it out, and one is made.";

    /// <summary>The same event has the same id, to whomever and however often it is sent.</summary>
    public static string MessageId(string source, string eventId) =>
        "evt_" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{source}\n{eventId}")))[..32];

    /// <summary>One signature a secret, separated by spaces.</summary>
    public static string Sign(IEnumerable<string> secrets, string messageId, long timestamp, ReadOnlySpan<byte> body)
    {
        byte[] signed = [.. Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{messageId}.{timestamp}.")), .. body];
        return string.Join(' ', secrets.Select(secret => "v1," + Convert.ToBase64String(HMACSHA256.HashData(KeyOf(secret)!, signed))));
    }

    private static byte[]? KeyOf(string secret)
    {
        if (!secret.StartsWith(Prefix, StringComparison.Ordinal))
            return null;
        var key = new byte[secret.Length];
        return Convert.TryFromBase64String(secret[Prefix.Length..], key, out var length) ? key[..length] : null;
    }
}
