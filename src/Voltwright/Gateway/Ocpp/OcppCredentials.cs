using System.Net.Http.Headers;
using System.Text;

namespace Voltwright.Gateway.Ocpp;

/// <summary>
/// What a station says about itself when it connects: HTTP basic, its own id as the user (OCPP 1.6 security whitepaper, profile 1).
/// </summary>
/// <param name="Secret">Null when it sent no credentials: security profile 0.</param>
public sealed record OcppCredentials(string? Secret)
{
    /// <summary>Null when the header is not basic, not readable, or names another station.</summary>
    public static OcppCredentials? Read(string? authorization, string stationId)
    {
        if (string.IsNullOrEmpty(authorization))
            return new OcppCredentials((string?)null);
        if (!AuthenticationHeaderValue.TryParse(authorization, out var header)
            || !header.Scheme.Equals("Basic", StringComparison.OrdinalIgnoreCase)
            || header.Parameter is not { Length: > 0 and <= 1000 } parameter)
            return null;
        var bytes = new byte[parameter.Length];
        if (!Convert.TryFromBase64String(parameter, bytes, out var length))
            return null;
        var sent = bytes.AsSpan(0, length);
        var own = Encoding.UTF8.GetBytes(stationId + ":");
        return sent.StartsWith(own) ? new OcppCredentials(TextOf(sent[own.Length..])) : null;
    }

    // A station that was told its key in hexadecimal may send the bytes that this stands for.
    private static string TextOf(ReadOnlySpan<byte> secret) =>
        System.Text.Unicode.Utf8.IsValid(secret) ? Encoding.UTF8.GetString(secret) : Convert.ToHexString(secret);
}
