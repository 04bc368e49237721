using Voltwright.Workflows.Reading;

namespace Voltwright.Workflows.Definitions;

/// <summary>Runs a process.</summary>
/// <param name="Kind"><c>container</c>, <c>script</c>, <c>shell</c> or <c>workflow</c>.</param>
/// <param name="Process">The kind's own mapping, its structure checked.</param>
/// <param name="Return"><c>stdout</c>, <c>stderr</c>, <c>code</c>, <c>all</c> or <c>none</c>.</param>
public sealed record RunTask(TaskProperties Properties, string Kind, SourceNode Process, bool Await, string Return) : TaskDefinition(Properties);
