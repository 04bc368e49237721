using System.Text;
using Voltwright.Jq;

namespace Voltwright.Workflows.Http;

/// <summary>A request, ready to be sent.</summary>
/// <param name="Method">Upper case.</param>
/// <param name="Uri">Absolute or not, with its query; the host decides what it can reach.</param>
/// <param name="Headers">Name → value, without <c>Authorization</c> and <c>Content-Type</c>.</param>
/// <param name="ContentType">Null when there is no body.</param>
/// <param name="Authorization">Null for an anonymous call.</param>
public sealed record HttpRequestSpec(
    string Method, string Uri, JsonObject Headers, JsonValue Body, string? ContentType, HttpAuthorization? Authorization, bool FollowRedirects)
{
    /// <summary>Only method and address: logs are no place for what is sent.</summary>
    public override string ToString() => $"{Method} {Uri}";

    /// <summary>The body as it travels; null when there is none.</summary>
    public byte[]? EncodeBody()
    {
        if (ContentType is null)
            return null;
        if (MediaTypes.IsJson(ContentType))
            return Body.ToUtf8();
        if (MediaTypes.IsForm(ContentType) && Body.TryGetObject(out var form))
            return Encoding.UTF8.GetBytes(UriText.Query(form));
        return Body.TryGetString(out var text) ? Encoding.UTF8.GetBytes(text) : Body.ToUtf8();
    }
}
