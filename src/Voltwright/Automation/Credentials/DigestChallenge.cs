using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Voltwright.Automation.Credentials;

/// <summary>Answers to a server's challenge (RFC 7616): MD5 and SHA-256, each with or without <c>-sess</c>; <c>qop=auth</c> or none.</summary>
internal static partial class DigestChallenge
{
    private static readonly string[] Algorithms = ["SHA-256", "SHA-256-sess", "MD5", "MD5-sess"];

    /// <summary>What follows <c>Digest</c> in the header; null when none of the challenges is one that is understood.</summary>
    /// <param name="challenges">The values of <c>WWW-Authenticate</c>.</param>
    /// <param name="target">The request's path and query.</param>
    public static string? Answer(IEnumerable<string> challenges, string user, string password, string method, string target, string clientNonce)
    {
        var offers = challenges.SelectMany(Split).Where(c => IsUnderstood(c)).OrderBy(c => Array.IndexOf(Algorithms, AlgorithmOf(c)));
        return offers.FirstOrDefault() is { } offer ? Answer(offer, user, password, method, target, clientNonce) : null;
    }

    private static string Answer(Dictionary<string, string> offer, string user, string password, string method, string target, string clientNonce)
    {
        var (realm, nonce, algorithm) = (offer.GetValueOrDefault("realm", ""), offer["nonce"], AlgorithmOf(offer));
        string Hash(string text) => Hex(algorithm, text);
        var secret = Hash($"{user}:{realm}:{password}");
        if (algorithm.EndsWith("-sess", StringComparison.Ordinal))
            secret = Hash($"{secret}:{nonce}:{clientNonce}");
        var asked = Hash($"{method}:{target}");
        var hasQop = offer.ContainsKey("qop");
        var response = hasQop ? Hash($"{secret}:{nonce}:00000001:{clientNonce}:auth:{asked}") : Hash($"{secret}:{nonce}:{asked}");
        var answer = new StringBuilder();
        answer.Append($"username={Quote(user)}, realm={Quote(realm)}, nonce={Quote(nonce)}, uri={Quote(target)}, response=\"{response}\"");
        if (offer.ContainsKey("algorithm"))
            answer.Append($", algorithm={algorithm}");
        if (offer.TryGetValue("opaque", out var opaque))
            answer.Append($", opaque={Quote(opaque)}");
        if (hasQop || algorithm.EndsWith("-sess", StringComparison.Ordinal))
            answer.Append($", qop=auth, nc=00000001, cnonce=\"{clientNonce}\"");
        return answer.ToString();
    }

    private static bool IsUnderstood(Dictionary<string, string> offer) =>
        offer.ContainsKey("nonce") && Algorithms.Contains(AlgorithmOf(offer))
        && (!offer.TryGetValue("qop", out var qop) || qop.Split(',').Any(q => q.Trim().Equals("auth", StringComparison.OrdinalIgnoreCase)));

    private static string AlgorithmOf(Dictionary<string, string> offer)
    {
        var named = offer.GetValueOrDefault("algorithm", "MD5");
        return Array.Find(Algorithms, a => a.Equals(named, StringComparison.OrdinalIgnoreCase)) ?? named;
    }

    // One header may hold several challenges; each begins with its scheme.
    private static IEnumerable<Dictionary<string, string>> Split(string header)
    {
        foreach (var part in Scheme().Split(header).Skip(1))
        {
            var offer = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
            foreach (Match match in Parameter().Matches(part))
                offer.TryAdd(match.Groups[1].Value, match.Groups[2].Success ? Unescape(match.Groups[2].Value) : match.Groups[3].Value);
            yield return offer;
        }
    }

    // What the protocol prescribes, however weak it has become.
#pragma warning disable CA5351
    private static string Hex(string algorithm, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        return Convert.ToHexStringLower(algorithm.StartsWith("SHA", StringComparison.Ordinal) ? SHA256.HashData(bytes) : MD5.HashData(bytes));
    }
#pragma warning restore CA5351

    private static string Quote(string text) =>
        $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    private static string Unescape(string text) => Escaped().Replace(text, "$1");

    [GeneratedRegex(@"(?:^|,\s*)Digest\s+", RegexOptions.IgnoreCase)]
    private static partial Regex Scheme();

    [GeneratedRegex("""([a-z]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]+))""", RegexOptions.IgnoreCase)]
    private static partial Regex Parameter();

    [GeneratedRegex(@"\\(.)")]
    private static partial Regex Escaped();
}
