using Voltwright.Jq;

namespace Voltwright.Automation.Secrets;

/// <summary>Secrets as text: a JSON object or a quoted string is taken as such, anything else is the secret itself.</summary>
public static class SecretText
{
    public static JsonValue Read(string text)
    {
        try
        {
            var value = JsonValue.Parse(text);
            return value.IsObject || value.IsArray || value.IsString ? value : text;
        }
        catch (JsonFormatException)
        {
            return text;
        }
    }
}
