using Voltwright.Jq;
using Voltwright.Workflows.Http;

namespace Voltwright.Automation.Invocations;

/// <summary>Who a request is made as, in the form it has in an invocation.</summary>
internal static class RequestAuthorization
{
    public static HttpAuthorization? Read(JsonValue authentication) =>
        authentication["scheme"].TryGetString(out var scheme) && authentication["credential"].TryGetString(out var credential)
            ? new HttpAuthorization(scheme, authentication["user"].TryGetString(out var user) ? user : null, credential) : null;

    /// <summary>As the value of a header; null for an anonymous call.</summary>
    public static string? Header(JsonValue authentication) =>
        Read(authentication) is { } authorization ? $"{authorization.Scheme} {authorization.Parameter}" : null;
}
