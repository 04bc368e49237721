using Voltwright.Workflows.Reading;

namespace Voltwright.Workflows.Definitions;

/// <summary>An HTTP request (DSL reference, HTTP Call).</summary>
/// <param name="Output"><c>content</c>, <c>raw</c> or <c>response</c>.</param>
/// <param name="Redirect">Follow redirects, and take 3xx as success.</param>
public sealed record CallHttpTask(
    TaskProperties Properties,
    SourceNode Method,
    EndpointDefinition Endpoint,
    SourceNode? Headers,
    SourceNode? Query,
    SourceNode? Body,
    string Output,
    bool Redirect) : TaskDefinition(Properties);
