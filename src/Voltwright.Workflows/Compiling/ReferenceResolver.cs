using Voltwright.Workflows.Definitions;
using Voltwright.Workflows.Findings;
using Voltwright.Workflows.Reading;

namespace Voltwright.Workflows.Compiling;

/// <summary>Names that stand for what <c>use</c> defines.</summary>
internal sealed class ReferenceResolver(WorkflowDefinition definition, ReadingContext context)
{
    public TimeoutDefinition? Timeout(TimeoutDefinition? timeout) =>
        timeout?.Use is { } name ? Find(definition.Use.Timeouts, name, timeout.Source, "timeouts") : timeout;

    public ErrorDefinition? Error(RaiseTask task) =>
        task.Use is { Text: { } name } use ? Find(definition.Use.Errors, name, use, "errors") : task.Error;

    public RetryDefinition? Retry(CatchDefinition clause) =>
        clause.RetryUse is { Text: { } name } use ? Find(definition.Use.Retries, name, use, "retries") : clause.Retry;

    public AuthenticationDefinition? Authentication(AuthenticationDefinition? authentication) =>
        authentication?.Use is { Text: { } name } use ? Find(definition.Use.Authentications, name, use, "authentications") : authentication;

    public TaskDefinition? Function(SourceNode function) => Find(definition.Use.Functions, function.Text!, function, "functions");

    public bool Secret(SourceNode name)
    {
        if (definition.Use.Secrets.Contains(name.Text))
            return true;
        Unknown(name, name.Text!, definition.Use.Secrets, "secrets");
        return false;
    }

    private T? Find<T>(IReadOnlyDictionary<string, T> defined, string name, SourceNode at, string section)
        where T : class
    {
        if (defined.TryGetValue(name, out var found))
            return found;
        Unknown(at, name, defined.Keys, section);
        return null;
    }

    private void Unknown(SourceNode at, string name, IEnumerable<string> known, string section) =>
        context.Error(at, Rules.UnknownReference, $"'use.{section}' has no '{name}'.", Spelling.DidYouMean(name, known) ?? $"define it in 'use.{section}'");
}
