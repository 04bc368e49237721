using System.Text.RegularExpressions;
using Voltwright.Workflows.Definitions;
using Voltwright.Workflows.Events;
using Voltwright.Workflows.Expressions;
using Voltwright.Workflows.Findings;
using Voltwright.Workflows.Programs;
using Voltwright.Workflows.Reading;

namespace Voltwright.Workflows.Compiling;

/// <summary>Compiles event consumption strategies and filters.</summary>
internal sealed class EventCompiler(ExpressionCompiler expressions, ReadingContext context)
{
    private static readonly TimeSpan LongestMatch = TimeSpan.FromMilliseconds(50);

    public EventStrategy Strategy(EventStrategyDefinition strategy, Argument granted, IReadOnlyList<string> variables) => new(
        strategy.Kind,
        [.. strategy.Filters.Select(f => Filter(f, granted, variables))],
        expressions.Expression(strategy.UntilExpression, granted, variables),
        strategy.UntilEvents is null ? null : Strategy(strategy.UntilEvents, granted, variables));

    private EventFilter Filter(EventFilterDefinition filter, Argument granted, IReadOnlyList<string> variables)
    {
        var attributes = (filter.With?.Members ?? []).Select(m => KeyValuePair.Create(m.Name, Match(m.Value, granted, variables)));
        var correlations = filter.Correlations
            .Select(c => (c.Name, From: expressions.Expression(c.From, granted, variables), Expect: Expected(c.Expect, granted, variables)))
            .Where(c => c.From is not null)
            .Select(c => new EventCorrelation(c.Name, c.From!, c.Expect));
        return new EventFilter([.. attributes], [.. correlations]);
    }

    private ValueTemplate? Expected(SourceNode? node, Argument granted, IReadOnlyList<string> variables) =>
        node is null ? null : expressions.Template(node, granted, variables);

    private AttributeMatch Match(SourceNode node, Argument granted, IReadOnlyList<string> variables)
    {
        if (node.Text is { Length: > 1 } text && text[0] == '^' && text[^1] == '$')
        {
            try
            {
                return new PatternMatch(new Regex(text, RegexOptions.CultureInvariant, LongestMatch));
            }
            catch (ArgumentException e)
            {
                context.Error(node, Rules.InvalidValue, $"'{text}' is no regular expression: {e.Message}");
            }
        }

        return expressions.Template(node, granted, variables) is var template && template is ConstantTemplate constant
            ? new PlainMatch(constant.Value) : new ExpressionMatch(template);
    }
}
