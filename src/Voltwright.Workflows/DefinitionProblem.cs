using Voltwright.Jq;
using Voltwright.Workflows.Drawing;
using Voltwright.Workflows.Expressions;
using Voltwright.Workflows.Findings;
using Voltwright.Workflows.Running;

namespace Voltwright.Workflows;

/// <summary>What keeps a well-formed definition from running, as the error of the DSL that a run of it would end in.</summary>
public static class DefinitionProblem
{
    /// <summary>
    /// Problem details: <c>expression</c> or <c>configuration</c>, 400, at the task that the first error is in. Null when the text is no
    /// definition at all: then there is no workflow that could fail.
    /// </summary>
    /// <param name="findings">Of compiling that text.</param>
    public static JsonValue? Of(string text, string sourceName, IReadOnlyList<Finding> findings)
    {
        var reading = WorkflowReader.Read(text, sourceName);
        if (reading.Definition is not { } definition || reading.HasErrors || findings.FirstOrDefault(f => f.Severity == FindingSeverity.Error) is not { } error)
            return default(JsonValue?);
        var kind = error.Rule == Rules.Expression ? ErrorKind.Expression : ErrorKind.Configuration;
        var task = definition.AllTasks().LastOrDefault(t => (t.Properties.NameAt.Line, t.Properties.NameAt.Column).CompareTo((error.Line, error.Column)) <= 0);
        return ProblemDetails.Of(
            ErrorTypes.For(definition).Uri(kind), ErrorTypes.Status(kind), ErrorTypes.Title(kind), error.Message, task?.Pointer ?? "/");
    }
}
