using Voltwright.Workflows.Reading;

namespace Voltwright.Workflows.Definitions;

/// <summary>Tasks whose errors are caught.</summary>
public sealed record TryTask(TaskProperties Properties, TaskList Try, CatchDefinition Catch) : TaskDefinition(Properties);

/// <summary>Which errors are caught, and what then (DSL reference, Catch).</summary>
/// <param name="With">The filter's properties; null catches every error.</param>
/// <param name="As">Name of the variable that holds the error; <c>error</c> by default.</param>
public sealed record CatchDefinition(
    SourceNode Source,
    SourceNode? With,
    string As,
    SourceNode? When,
    SourceNode? ExceptWhen,
    SourceNode? RetryUse,
    RetryDefinition? Retry,
    TaskList? Do,
    SourceNode? Then);
