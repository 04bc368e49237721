using System.Runtime.CompilerServices;
using Voltwright.Jq;
using Voltwright.Jq.Syntax;

namespace Voltwright.Workflows.Shapes;

/// <summary>
/// Evaluates jq over shapes instead of values. Sound: every output of the program for an input within the given shape is within
/// the resulting one. What it does not know, or what takes too long, can be anything.
/// </summary>
internal sealed partial class ShapeEvaluator(IReadings? readings = null)
{
    private const int MostSteps = 20_000;
    private const int DeepestCall = 24;

    private int _steps;
    private int _calls;

    /// <summary>Whether an evaluation was cut short: what it read is not all that can be read.</summary>
    public bool IsExhausted => _steps > MostSteps;

    public Outcome Evaluate(Node node, Shape input, Scope? scope)
    {
        if (++_steps > MostSteps || !RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            _steps = MostSteps + 1;
            return Outcome.Unknown;
        }

        if (input.IsNever)
            return Outcome.Failure;
        return node switch
        {
            IdentityNode => input,
            LiteralNode literal => Shape.Of(literal.Value),
            VariableNode variable => Scope.Variable(scope, variable.Name) ?? Shape.Any,
            CallNode call => Call(call, input, scope),
            PipeNode pipe => Pipe(Evaluate(pipe.Left, input, scope), pipe.Right, scope),
            CommaNode comma => Comma(comma, input, scope),
            BinaryNode binary => Binary(binary, input, scope),
            AssignNode assign => Assign(assign, input, scope),
            IndexNode index => Index(index, input, scope),
            SliceNode slice => Slice(slice, input, scope),
            IterateNode iterate => Iterate(Evaluate(iterate.Target, input, scope)),
            NegateNode negate => new Outcome(Shape.Number, Evaluate(negate.Operand, input, scope).CanBeEmpty),
            ArrayNode array => Array(array, input, scope),
            ObjectNode shape => Object(shape, input, scope),
            TextNode text => Text(text, input, scope),
            FormatNode => Shape.Text,
            IfNode choice => If(choice, input, scope),
            TryNode attempt => Try(attempt, input, scope),
            ReduceNode reduce => Reduce(reduce, input, scope),
            ForeachNode each => Foreach(each, input, scope),
            BindNode bind => Bind(bind, input, scope),
            LabelNode label => Evaluate(label.Body, input, scope) with { CanBeEmpty = true },
            BreakNode => Outcome.Nothing,
            DefineNode define => Evaluate(define.Body, input, new FunctionScope(scope, define.Definition)),
            _ => Outcome.Unknown,
        };
    }

    private Outcome Pipe(Outcome left, Node right, Scope? scope) =>
        left.Values.IsNever ? left : Evaluate(right, left.Values, scope).After(left.CanBeEmpty);

    private Outcome Comma(CommaNode comma, Shape input, Scope? scope)
    {
        var (left, right) = (Evaluate(comma.Left, input, scope), Evaluate(comma.Right, input, scope));
        return new Outcome(left.Values.Or(right.Values), left.CanBeEmpty && right.CanBeEmpty);
    }

    private Outcome If(IfNode choice, Shape input, Scope? scope)
    {
        var condition = Evaluate(choice.Condition, input, scope);
        var result = new Outcome(Shape.Never, condition.CanBeEmpty);
        if (condition.Values.CanBeTruthy)
            result = result.Or(Narrowed(choice.Then, choice.Condition, true, input, scope));
        if (!condition.Values.CanBeFalsy)
            return result;
        return result.Or(choice.Else is null
            ? Narrow(choice.Condition, false, input, scope).Input
            : Narrowed(choice.Else, choice.Condition, false, input, scope));
    }

    private Outcome Narrowed(Node node, Node condition, bool met, Shape input, Scope? scope)
    {
        var narrowed = Narrow(condition, met, input, scope);
        return Evaluate(node, narrowed.Input, narrowed.Scope);
    }

    private Outcome Try(TryNode attempt, Shape input, Scope? scope)
    {
        var body = Evaluate(attempt.Body, input, scope);
        return body.Or(attempt.Catch is null ? Outcome.Nothing : Evaluate(attempt.Catch, Shape.Any, scope)).After(true);
    }

    private Outcome Array(ArrayNode array, Shape input, Scope? scope)
    {
        var items = new List<Shape>();
        return Items(array.Content!, input, scope, items) ? Shape.Of(ArrayShape.Of(items)) : Shape.ArrayOf(Shape.Join(items));
    }

    // True when there is exactly one item for each shape in the list.
    private bool Items(Node content, Shape input, Scope? scope, List<Shape> items)
    {
        if (content is CommaNode comma)
            return Items(comma.Left, input, scope, items) & Items(comma.Right, input, scope, items);
        var item = Evaluate(content, input, scope);
        items.Add(item.Values);
        return !item.CanBeEmpty && YieldsOne(content);
    }

    /// <summary>Whether an expression has one output at most, as can be seen from its form.</summary>
    private static bool YieldsOne(Node node) => node switch
    {
        IdentityNode or LiteralNode or VariableNode or FormatNode or ArrayNode => true,
        IndexNode index => YieldsOne(index.Target) && YieldsOne(index.Key),
        NegateNode negate => YieldsOne(negate.Operand),
        PipeNode pipe => YieldsOne(pipe.Left) && YieldsOne(pipe.Right),
        BinaryNode { Operator: not "//" } binary => YieldsOne(binary.Left) && YieldsOne(binary.Right),
        TextNode text => text.Parts.All(YieldsOne),
        ObjectNode shape => shape.Members.All(m => YieldsOne(m.Key) && (m.Value is OwnKeyNode || YieldsOne(m.Value))),
        IfNode choice => YieldsOne(choice.Condition) && YieldsOne(choice.Then) && (choice.Else is null || YieldsOne(choice.Else)),
        _ => false,
    };

    private Outcome Object(ObjectNode shape, Shape input, Scope? scope)
    {
        var (result, empty) = (ObjectShape.Empty, false);
        foreach (var (key, value) in shape.Members)
        {
            var name = Evaluate(key, input, scope);
            empty |= name.CanBeEmpty;
            if (!name.Values.Texts.IsEmpty && name.Values.Single is { IsString: true } text)
            {
                var member = value is OwnKeyNode ? Field(key, input, text.AsString()) : Evaluate(value, input, scope);
                empty |= member.CanBeEmpty;
                result = result.With(text.AsString(), member.Values);
            }
            else
            {
                var member = value is OwnKeyNode ? Outcome.Unknown : Evaluate(value, input, scope);
                empty |= member.CanBeEmpty;
                result = result.Plus(new ObjectShape(ObjectShape.Empty.Members, member.Values));
            }
        }

        return new Outcome(Shape.Of(result), empty);
    }

    private Outcome Text(TextNode text, Shape input, Scope? scope)
    {
        var (whole, empty) = (text.Format is null ? "" : null, false);
        foreach (var part in text.Parts)
        {
            var value = Evaluate(part, input, scope);
            empty |= value.CanBeEmpty;
            whole = value.Values.Single is { IsString: true } known && whole?.Length < 1000 ? whole + known.AsString() : null;
        }

        return new Outcome(whole is null ? Shape.Text : Shape.OfTexts(whole), empty);
    }
}
