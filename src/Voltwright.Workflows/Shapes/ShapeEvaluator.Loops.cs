using Voltwright.Jq.Syntax;

namespace Voltwright.Workflows.Shapes;

// Loops: their state is joined over the rounds until nothing new is found.
internal sealed partial class ShapeEvaluator
{
    private const int ExactRounds = 4;
    private const int MostRounds = 8;

    private Outcome Reduce(ReduceNode reduce, Shape input, Scope? scope)
    {
        var source = Evaluate(reduce.Source, input, scope);
        var initial = Evaluate(reduce.Initial, input, scope);
        var state = source.Values.IsNever
            ? initial.Values
            : Settled(initial.Values, state => Evaluate(reduce.Update, state, Bound(reduce.Patterns, source.Values, input, scope)).First);
        return new Outcome(state, initial.CanBeEmpty);
    }

    private Outcome Foreach(ForeachNode each, Shape input, Scope? scope)
    {
        var source = Evaluate(each.Source, input, scope);
        if (source.Values.IsNever)
            return Outcome.Nothing;
        var inner = Bound(each.Patterns, source.Values, input, scope);
        var initial = Evaluate(each.Initial, input, scope).Values;
        var updated = Shape.Never;
        Settled(initial, state =>
        {
            var next = Evaluate(each.Update, state, inner);
            updated = updated.Or(next.Values);
            return next.First;
        });
        return each.Extract is null ? new Outcome(updated, true) : Evaluate(each.Extract, updated, inner).After(true);
    }

    /// <summary>What a state can be after any number of rounds.</summary>
    private static Shape Settled(Shape initial, Func<Shape, Shape> round)
    {
        var state = initial;
        for (var i = 0; !state.IsNever; i++)
        {
            var next = state.Or(round(state));
            if (next.Equals(state))
                return state;
            state = i < ExactRounds ? next : i < MostRounds ? next.Widened() : Shape.Any;
        }

        return state;
    }
}
