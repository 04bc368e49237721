using System.Globalization;
using Voltwright.Jq;

namespace Voltwright.Workflows;

/// <summary>Instants as the DSL shows them.</summary>
internal static class Timestamps
{
    public static string Text(DateTimeOffset at) => at.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    public static DateTimeOffset Parse(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    /// <summary>DSL, DateTime Descriptor.</summary>
    public static JsonValue Describe(DateTimeOffset at) => JsonObject.Of(
        ("iso8601", Text(at)),
        ("epoch", JsonObject.Of(("seconds", at.ToUnixTimeSeconds()), ("milliseconds", at.ToUnixTimeMilliseconds()))));
}
