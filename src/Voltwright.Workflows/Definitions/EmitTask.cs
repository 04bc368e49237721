using Voltwright.Workflows.Reading;

namespace Voltwright.Workflows.Definitions;

/// <summary>Publishes an event.</summary>
/// <param name="With">The event's attributes and data, each a literal or an expression.</param>
public sealed record EmitTask(TaskProperties Properties, SourceNode With) : TaskDefinition(Properties);
