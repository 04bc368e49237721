using Voltwright.Automation.Credentials;
using Voltwright.Jq;
using Voltwright.Workflows.Http;
using Voltwright.Workflows.Runs;

namespace Voltwright.Automation.Invocations;

/// <summary>Who a request is made as, in the form it has in an invocation.</summary>
internal static class RequestAuthorization
{
    public static HttpAuthorization? Read(JsonValue authentication) => HttpAuthorization.FromJson(authentication);

    /// <summary>As the value of a header; null for an anonymous call.</summary>
    /// <exception cref="InvocationException">The protocol has no such header.</exception>
    public static string? Header(JsonValue authentication) => Read(authentication) switch
    {
        null => null,
        { Parameter: { } parameter } who => $"{who.Scheme} {parameter}",
        var who => throw new InvocationException(InvocationFailure.Configuration, $"This protocol does not know authentication by {who.Scheme}."),
    };

    /// <summary>The request with a token in every place where there was only the way to get one.</summary>
    public static async Task<JsonValue> WithTokensAsync(JsonValue request, TokenSource tokens, CancellationToken cancellation)
    {
        if (!request.TryGetObject(out var members))
            return request;
        foreach (var (name, value) in members)
        {
            if (name != "authentication")
            {
                var inside = await WithTokensAsync(value, tokens, cancellation);
                if (!ReferenceEquals(inside.IsObject ? inside.AsObject() : null, value.IsObject ? value.AsObject() : null))
                    members = members.With(name, inside);
            }
            else if (Read(value) is { NeedsToken: true } who)
            {
                members = members.With(name, new HttpAuthorization("Bearer", null, await TokenAsync(who, tokens, cancellation)).ToJson());
            }
        }

        return members;
    }

    private static async Task<string> TokenAsync(HttpAuthorization who, TokenSource tokens, CancellationToken cancellation)
    {
        try
        {
            return (await tokens.GetAsync(who, null, cancellation)).Text;
        }
        catch (TokenException e)
        {
            throw InvocationErrors.Of(new HttpFailed(default, "", e.Kind, e.Message));
        }
    }
}
