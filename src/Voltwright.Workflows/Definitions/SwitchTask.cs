using Voltwright.Workflows.Reading;

namespace Voltwright.Workflows.Definitions;

/// <summary>Goes where the first true case says.</summary>
public sealed record SwitchTask(TaskProperties Properties, IReadOnlyList<SwitchCase> Cases) : TaskDefinition(Properties);

/// <param name="When">Null for the default case.</param>
public sealed record SwitchCase(string Name, SourceNode Source, SourceNode? When, SourceNode? Then);
