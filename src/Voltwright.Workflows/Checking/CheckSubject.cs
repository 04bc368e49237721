using System.Diagnostics.CodeAnalysis;
using Voltwright.Jq;
using Voltwright.Jq.Syntax;
using Voltwright.Workflows.Definitions;
using Voltwright.Workflows.Expressions;
using Voltwright.Workflows.Reading;
using Voltwright.Workflows.Running;
using Voltwright.Workflows.Shapes;

namespace Voltwright.Workflows.Checking;

/// <summary>The definition being checked, with what is computed of it once.</summary>
internal sealed class CheckSubject
{
    private static readonly string[] Arguments = ["context", "input", "output", "secrets", "authorization", "workflow", "runtime", "task"];

    private readonly Dictionary<SourceNode, ParsedExpression?> _expressions = [];
    private readonly Dictionary<ParsedExpression, ParsedExpression> _unnested = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<SourceNode, Shape> _schemas = [];
    private readonly HashSet<string> _extended;

    public CheckSubject(WorkflowDefinition definition, Knowledge knowledge)
    {
        Definition = definition;
        Knowledge = knowledge;
        Plan = new FlowPlan(definition);
        ErrorTypes = ErrorTypes.For(definition);
        _extended = [.. definition.Use.Extensions.Select(e => e.Extend)];
        Secrets = Shape.Of(definition.Use.Secrets.Aggregate(ObjectShape.Empty, (members, name) => members.With(name, Shape.Any, required: false)));
    }

    public WorkflowDefinition Definition { get; }

    public Knowledge Knowledge { get; }

    public FlowPlan Plan { get; }

    public ErrorTypes ErrorTypes { get; }

    public Shape Secrets { get; }

    public bool IsJq => Definition.Evaluate.Language == "jq";

    /// <summary>All expressions that were looked at.</summary>
    public IEnumerable<ParsedExpression> Expressions => _expressions.Values.OfType<ParsedExpression>();

    /// <summary>Null when it is no jq.</summary>
    public ParsedExpression? Expression(SourceNode node)
    {
        if (!_expressions.TryGetValue(node, out var expression))
            _expressions[node] = expression = node.Text is null ? null : ParsedExpression.Of(node);
        return expression;
    }

    /// <summary>Whether a text is taken for an expression in the loose mode.</summary>
    public static bool IsProgram(SourceNode node)
    {
        try
        {
            JqProgram.Compile(node.Text!, new JqOptions { Variables = Arguments });
            return true;
        }
        catch (JqCompileException)
        {
            return false;
        }
    }

    public Shape Schema(SourceNode document)
    {
        if (!_schemas.TryGetValue(document, out var shape))
            _schemas[document] = shape = new SchemaShapes(document.ToJson()).Of(document.ToJson());
        return shape;
    }

    /// <summary>Whether an extension may do something before or after the task, and so with its data.</summary>
    public bool IsExtended(TaskDefinition task) => _extended.Count > 0 && (_extended.Contains("all") || _extended.Contains(Kind(task)));

    /// <summary>The expression, members <c>name: .</c> that are to be read so taken as <c>name: .name</c>.</summary>
    public ParsedExpression Unnested(ParsedExpression expression, HashSet<Node> members)
    {
        if (!_unnested.TryGetValue(expression, out var repaired))
            _unnested[expression] = repaired = TryUnnest(expression.Body, members, out var body) ? expression with { Body = body } : expression;
        return repaired;
    }

    private static bool TryUnnest(Node node, HashSet<Node> members, [NotNullWhen(true)] out Node? repaired)
    {
        repaired = node switch
        {
            BinaryNode sum when TryUnnest(sum.Right, members, out var right) => sum with { Right = right },
            BinaryNode sum when TryUnnest(sum.Left, members, out var left) => sum with { Left = left },
            PipeNode pipe when TryUnnest(pipe.Right, members, out var right) => pipe with { Right = right },
            ObjectNode shape when shape.Members.Any(m => members.Contains(m.Value)) => shape with
            {
                Members = [.. shape.Members.Select(m => members.Contains(m.Value) ? (m.Key, new IndexNode(m.Value, m.Key, false)) : m)],
            },
            _ => null,
        };
        return repaired is not null;
    }

    private static string Kind(TaskDefinition task) => task switch
    {
        CallHttpTask or CallProtocolTask or CallFunctionTask => "call",
        DoTask => "do",
        EmitTask => "emit",
        ForTask => "for",
        ForkTask => "fork",
        ListenTask => "listen",
        RaiseTask => "raise",
        RunTask => "run",
        SetTask => "set",
        SwitchTask => "switch",
        TryTask => "try",
        _ => "wait",
    };
}
