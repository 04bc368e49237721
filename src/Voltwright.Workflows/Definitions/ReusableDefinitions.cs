using Voltwright.Workflows.Reading;

namespace Voltwright.Workflows.Definitions;

/// <summary>What the definition names for reuse (DSL reference, Use).</summary>
public sealed record ReusableDefinitions(
    IReadOnlyDictionary<string, AuthenticationDefinition> Authentications,
    IReadOnlyDictionary<string, ErrorDefinition> Errors,
    IReadOnlyList<ExtensionDefinition> Extensions,
    IReadOnlyDictionary<string, TaskDefinition> Functions,
    IReadOnlyDictionary<string, RetryDefinition> Retries,
    IReadOnlyList<string> Secrets,
    IReadOnlyDictionary<string, TimeoutDefinition> Timeouts,
    IReadOnlyDictionary<string, EndpointDefinition> Catalogs)
{
    public static ReusableDefinitions None { get; } = new(
        new Dictionary<string, AuthenticationDefinition>(),
        new Dictionary<string, ErrorDefinition>(),
        [],
        new Dictionary<string, TaskDefinition>(),
        new Dictionary<string, RetryDefinition>(),
        [],
        new Dictionary<string, TimeoutDefinition>(),
        new Dictionary<string, EndpointDefinition>());
}

/// <summary>Tasks around tasks (DSL reference, Extension).</summary>
public sealed record ExtensionDefinition(SourceNode Source, string Name, string Extend, SourceNode? When, TaskList? Before, TaskList? After);
