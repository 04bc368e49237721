using Voltwright.Jq;
using Voltwright.Workflows.Http;

namespace Voltwright.Automation.Invocations.AsyncApi;

/// <summary>Where messages go, or come from.</summary>
/// <param name="Protocol">As the document names it.</param>
/// <param name="Server">The server's address, with its scheme.</param>
/// <param name="Channel">The channel's address: a path, a topic, a queue.</param>
/// <param name="Bindings">What the document says for the operation, else for the channel, in that protocol.</param>
internal sealed record AsyncTarget(string Protocol, Uri Server, string Channel, JsonValue Bindings, HttpAuthorization? Authorization)
{
    /// <summary>The channel below the server's path, for protocols whose channels are paths.</summary>
    public Uri Address => new($"{Server.AbsoluteUri.TrimEnd('/')}/{Channel.TrimStart('/')}");

    public string? AuthorizationHeader => Authorization is { } who ? $"{who.Scheme} {who.Parameter}" : null;
}
