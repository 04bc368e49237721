using Voltwright.Jq;

namespace Voltwright.Automation.Credentials;

/// <summary>A token as an authority gave it (RFC 6749, 5.1).</summary>
/// <param name="EndsAt">When it is no longer offered: some time before the authority ends it.</param>
internal sealed record AccessToken(string Text, string? Refresh, DateTimeOffset EndsAt)
{
    // Of an authority that does not say how long its tokens last.
    private static readonly TimeSpan Usual = TimeSpan.FromMinutes(5);

    /// <summary>Null when the answer holds none.</summary>
    public static AccessToken? Read(JsonValue answer, DateTimeOffset at)
    {
        if (!answer["access_token"].TryGetString(out var text) || text.Length == 0)
            return null;
        var life = Seconds(answer["expires_in"]) is { } seconds ? TimeSpan.FromSeconds(Math.Clamp(seconds, 0, 86_400 * 365)) : Usual;
        var early = life / 10 < TimeSpan.FromSeconds(30) ? life / 10 : TimeSpan.FromSeconds(30);
        return new AccessToken(text, answer["refresh_token"].TryGetString(out var refresh) ? refresh : null, at + life - early);
    }

    // Some authorities write the number as text.
    private static double? Seconds(JsonValue value) => value.IsNumber ? value.AsDouble()
        : value.TryGetString(out var text) && double.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : null;
}
