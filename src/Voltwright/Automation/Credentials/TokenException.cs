using Voltwright.Workflows.Runs;

namespace Voltwright.Automation.Credentials;

/// <summary>There is no token. The edge to the run makes an error of it.</summary>
internal sealed class TokenException(HttpFailure kind, string reason) : Exception(reason)
{
    public HttpFailure Kind { get; } = kind;
}
