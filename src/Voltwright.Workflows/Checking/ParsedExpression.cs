using Voltwright.Jq;
using Voltwright.Jq.Syntax;
using Voltwright.Workflows.Expressions;
using Voltwright.Workflows.Reading;
using Voltwright.Workflows.Shapes;

namespace Voltwright.Workflows.Checking;

/// <summary>An expression of a definition as a syntax tree, and where it stands.</summary>
internal sealed record ParsedExpression(SourceNode Source, string Text, IReadOnlyList<Definition> Functions, Node Body)
{
    private HashSet<string>? _mentioned;

    /// <summary>Null when the text is no jq; reading the definition has said so.</summary>
    public static ParsedExpression? Of(SourceNode source)
    {
        var text = ExpressionText.Strip(source.Text!);
        try
        {
            var file = Parser.Parse(text);
            return new ParsedExpression(source, text, file.Definitions, file.Body ?? new IdentityNode());
        }
        catch (JqCompileException)
        {
            return null;
        }
    }

    /// <summary>Whether a variable is named anywhere inside.</summary>
    public bool Mentions(string variable) =>
        (_mentioned ??= [.. Nodes().OfType<VariableNode>().Select(v => v.Name)]).Contains(variable);

    /// <summary>Line and column, from 1, of a place in the expression.</summary>
    public (int Line, int Column) At(Node node) => At(Source, Math.Max(0, Source.Text!.IndexOf(Text, StringComparison.Ordinal)) + node.Position);

    /// <summary>Line and column, from 1, of an offset in a text of the definition.</summary>
    public static (int Line, int Column) At(SourceNode source, int offset)
    {
        var before = source.Text![..Math.Min(offset, source.Text!.Length)];
        var line = before.Count(c => c == '\n');
        return line > 0 || source.Text.Contains('\n', StringComparison.Ordinal) ? (source.Line + line, source.Column) : (source.Line, source.Column + offset);
    }

    public Outcome Evaluate(ShapeEvaluator evaluator, Shape input, Scope? scope) =>
        evaluator.Evaluate(Body, input, Functions.Aggregate(scope, (outer, function) => new FunctionScope(outer, function)));

    /// <summary>The expression and all inside it, outermost first.</summary>
    public IEnumerable<Node> Nodes() => NodeWalk.Within(Body).Concat(Functions.SelectMany(f => NodeWalk.Within(f.Body)));
}
