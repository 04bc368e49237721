using Voltwright.Jq;
using Voltwright.Jq.Syntax;

namespace Voltwright.Workflows.Shapes;

// Arithmetic, comparison, logic and the alternative.
internal sealed partial class ShapeEvaluator
{
    private const int MostCombined = 16;

    private Outcome Binary(BinaryNode binary, Shape input, Scope? scope)
    {
        var left = Evaluate(binary.Left, input, scope);
        switch (binary.Operator)
        {
            case "//":
                // What fails on the left counts as nothing there.
                var right = Evaluate(binary.Right, input, scope);
                return new Outcome(left.Values.Truthy().Or(right.Values), right.CanBeEmpty);
            case "and" or "or":
                return Logic(binary, left, input, scope);
        }

        var other = Evaluate(binary.Right, input, scope);
        var empty = left.CanBeEmpty || other.CanBeEmpty;
        if (left.Values.IsNever || other.Values.IsNever)
            return new Outcome(Shape.Never, empty);
        if (binary.Operator is "==" or "!=")
            readings?.Comparison(binary, left.Values, other.Values);
        return new Outcome(Calculate(binary.Operator, left.Values, other.Values), empty);
    }

    private Outcome Logic(BinaryNode binary, Outcome left, Shape input, Scope? scope)
    {
        var isAnd = binary.Operator == "and";
        var decided = isAnd ? left.Values.CanBeFalsy : left.Values.CanBeTruthy;
        var result = new Outcome(!decided ? Shape.Never : isAnd ? Shape.False : Shape.True, left.CanBeEmpty);
        if (!(isAnd ? left.Values.CanBeTruthy : left.Values.CanBeFalsy))
            return result;
        var narrowed = Narrow(binary.Left, isAnd, input, scope);
        var right = Evaluate(binary.Right, narrowed.Input, narrowed.Scope);
        return result.Or(new Outcome(Truth(right.Values), right.CanBeEmpty));
    }

    private static Shape Truth(Shape value) =>
        (value.CanBeTruthy ? Shape.True : Shape.Never).Or(value.CanBeFalsy ? Shape.False : Shape.Never);

    private static Shape Calculate(string symbol, Shape left, Shape right) => symbol switch
    {
        "==" => Equal(left, right),
        "!=" => Truth(Equal(left, right)) is var same && same.Equals(Shape.True) ? Shape.False : same.Equals(Shape.False) ? Shape.True : Shape.Boolean,
        "<" or "<=" or ">" or ">=" => Shape.Boolean,
        "+" => Sum(left, right),
        "-" => Difference(left, right),
        "*" => Product(left, right),
        "/" => Numbers(left, right).Or(left.Texts.IsEmpty || right.Texts.IsEmpty ? Shape.Never : Shape.ArrayOf(Shape.Text)),
        "%" => Numbers(left, right),
        _ => Shape.Any,
    };

    private static Shape Equal(Shape left, Shape right)
    {
        if (left.And(right).IsNever)
            return Shape.False;
        return left.Single is { } a && right.Single is { } b && a.Equals(b) ? Shape.True : Shape.Boolean;
    }

    private static Shape Numbers(Shape left, Shape right) => left.Numbers.IsEmpty || right.Numbers.IsEmpty ? Shape.Never : Shape.Number;

    private static Shape Sum(Shape left, Shape right)
    {
        var result = Numbers(left, right);
        if (left.CanBeNull)
            result = result.Or(right);
        if (right.CanBeNull)
            result = result.Or(left);
        if (!left.Texts.IsEmpty && !right.Texts.IsEmpty)
            result = result.Or(Joined(left.Texts, right.Texts));
        if (left.Array is { } first && right.Array is { } second)
            result = result.Or(Shape.Of(Concatenated(first, second)));
        if (left.Object is { } members && right.Object is { } others)
            result = result.Or(Shape.Of(members.Plus(others)));
        return result;
    }

    private static Shape Joined(LiteralSet left, LiteralSet right)
    {
        if (left.Known is not { } heads || right.Known is not { } tails || heads.Count * tails.Count > MostCombined)
            return Shape.Text;
        var texts = heads.SelectMany(h => tails.Select(t => h.AsString() + t.AsString())).ToArray();
        return texts.All(t => t.Length < 1000) ? Shape.OfTexts(texts) : Shape.Text;
    }

    private static ArrayShape Concatenated(ArrayShape left, ArrayShape right)
    {
        if (left.Rest.IsNever && left.First.Length + right.First.Length <= ArrayShape.MostFirst)
            return new ArrayShape([.. left.First, .. right.First], right.Rest);
        return new ArrayShape(left.First, left.Rest.Or(right.Element));
    }

    private static Shape Difference(Shape left, Shape right) => Numbers(left, right)
        .Or(left.Array is null || right.Array is null ? Shape.Never : Shape.ArrayOf(left.Array.Element));

    private static Shape Product(Shape left, Shape right)
    {
        var result = Numbers(left, right);
        if ((!left.Texts.IsEmpty && !right.Numbers.IsEmpty) || (!left.Numbers.IsEmpty && !right.Texts.IsEmpty))
            result = result.Or(Shape.Text).Or(Shape.Null);
        return left.Object is null || right.Object is null ? result : result.Or(Shape.AnyObject);
    }
}
