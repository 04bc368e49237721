using System.Text;
using Voltwright.Jq;
using Voltwright.Workflows.Runs;

namespace Voltwright.Workflows.Http;

/// <summary>Bodies of answers as values.</summary>
public static class HttpContentReader
{
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    /// <summary>JSON as what it means, text as text, anything else as base64; null when there is no body.</summary>
    public static JsonValue Read(HttpAnswered answer)
    {
        if (answer.Body.IsEmpty)
            return default;
        var contentType = Header(answer, "Content-Type");
        if (contentType is null || MediaTypes.IsJson(contentType))
        {
            try
            {
                return JsonValue.Parse(answer.Body.Span);
            }
            catch (JsonFormatException)
            {
                // A server that calls its page JSON, or says nothing: the text is all there is.
                return Text(answer.Body) ?? Convert.ToBase64String(answer.Body.Span);
            }
        }

        return (MediaTypes.IsText(contentType) ? Text(answer.Body) : null) ?? Convert.ToBase64String(answer.Body.Span);
    }

    /// <summary>The value of a header; null when there is none.</summary>
    public static string? Header(HttpAnswered answer, string name) =>
        answer.Headers.FirstOrDefault(h => h.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value is var value && value.TryGetString(out var text)
            ? text : null;

    /// <summary>UTF-8; null when it is none.</summary>
    public static string? Text(ReadOnlyMemory<byte> body)
    {
        try
        {
            return Strict.GetString(body.Span);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}
