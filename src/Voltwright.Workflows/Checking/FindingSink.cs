using Voltwright.Jq.Syntax;
using Voltwright.Workflows.Definitions;
using Voltwright.Workflows.Findings;
using Voltwright.Workflows.Reading;

namespace Voltwright.Workflows.Checking;

/// <summary>Takes the findings of the rules, one of a rule for each place: what a later round says of it is better founded.</summary>
internal sealed class FindingSink(string sourceName)
{
    private readonly Dictionary<(int Line, int Column, string Rule), Finding> _findings = [];

    public IReadOnlyCollection<Finding> Findings => _findings.Values;

    public void Add(int line, int column, string rule, string message, string? suggestion = null) =>
        _findings[(line, column, rule)] = new Finding(sourceName, line, column, rule, RuleCatalogue.Find(rule)!.Severity, message, suggestion);

    public void Add(SourceNode at, string rule, string message, string? suggestion = null) => Add(at.Line, at.Column, rule, message, suggestion);

    public void Add(SourceMember at, string rule, string message, string? suggestion = null) => Add(at.Line, at.Column, rule, message, suggestion);

    public void Add(TaskDefinition at, string rule, string message, string? suggestion = null) => Add(at.Properties.NameAt, rule, message, suggestion);

    public void Add(ParsedExpression at, Node node, string rule, string message, string? suggestion = null)
    {
        var (line, column) = at.At(node);
        Add(line, column, rule, message, suggestion);
    }
}
