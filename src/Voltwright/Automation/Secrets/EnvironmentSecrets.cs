using Voltwright.Jq;

namespace Voltwright.Automation.Secrets;

/// <summary>Secrets in environment variables: <c>my-key</c> is in <c>VOLTWRIGHT_SECRET_MY_KEY</c>.</summary>
public sealed class EnvironmentSecrets : ISecretProvider
{
    public const string Prefix = "VOLTWRIGHT_SECRET_";

    public JsonValue? Find(string name)
    {
        var variable = Prefix + string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) ? char.ToUpperInvariant(c) : '_'));
        return Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text ? SecretText.Read(text) : default(JsonValue?);
    }
}
