using Voltwright.Jq;
using Voltwright.Jq.Syntax;
using Voltwright.Workflows.Definitions;
using Voltwright.Workflows.Findings;
using Voltwright.Workflows.Reading;
using Voltwright.Workflows.Shapes;

namespace Voltwright.Workflows.Checking;

/// <summary>Conditions that can never be met.</summary>
internal static class CaseRules
{
    public static void Find(CheckRound round)
    {
        foreach (var point in round.Observations.Entries.Keys)
        {
            foreach (var (condition, subject) in Conditions(point.Task))
                Find(condition, subject, round);
        }

        Payloads(round);
    }

    private static IEnumerable<(SourceNode Condition, string Subject)> Conditions(TaskDefinition task)
    {
        if (task.Properties.If is { } condition)
            yield return (condition, $"task '{task.Name}' never runs");
        foreach (var @case in task is SwitchTask choice ? choice.Cases : [])
        {
            if (@case.When is { } when)
                yield return (when, $"case '{@case.Name}' can never match");
        }

        if (task is TryTask { Catch: var clause })
        {
            if (clause.When is { } when)
                yield return (when, "the catch never applies");
        }
    }

    private static void Find(SourceNode condition, string subject, CheckRound round)
    {
        if (!round.Observations.Conditions.TryGetValue(condition, out var reading) || reading.CanBeTrue)
            return;
        round.Repairs.Possible.Add(condition);
        // A name that cannot exist has its own finding; a constant is meant.
        if (reading.HasMissing || !reading.Expression.Nodes().Any(n => n is IndexNode or VariableNode or CallNode))
            return;
        var (why, suggestion) = Reason(reading, round);
        round.Sink.Add(condition, Rules.ImpossibleCase, $"{char.ToUpperInvariant(subject[0])}{subject[1..]}: {why}", suggestion);
    }

    private static (string Why, string? Suggestion) Reason(ConditionReading reading, CheckRound round)
    {
        foreach (var node in reading.Expression.Nodes().OfType<BinaryNode>().Where(n => n.Operator == "=="))
        {
            if (!round.Observations.Comparisons.TryGetValue(node, out var compared) || !compared.Left.And(compared.Right).IsNever)
                continue;
            var (subject, literal, value) = node.Right is LiteralNode right ? (node.Left, right, compared.Left)
                : node.Left is LiteralNode left ? (node.Right, left, compared.Right) : (node.Left, null, compared.Left);
            if (literal?.Value is { IsString: true } text && value.Texts.Known is { Count: > 0 } known)
            {
                var words = known.Select(k => k.AsString()).ToArray();
                return ($"it is compared with {text}, and is {string.Join(" or ", words.Select(w => $"\"{w}\""))}.",
                    Spelling.DidYouMean(text.AsString(), words) ?? $"it can be {string.Join(", ", words)}");
            }

            return ($"'{reading.Expression.Text}' compares {ShapeText.Of(compared.Left)} with {ShapeText.Of(compared.Right)}.", null);
        }

        return ($"'{reading.Expression.Text}' is never true for what can come here.", null);
    }

    // The type of the event is looked for in its data, of which nothing else is known.
    private static void Payloads(CheckRound round)
    {
        var types = (round.Definition.Schedule?.On?.Filters ?? []).Select(f => f.With?["type"]?.Text).OfType<string>().ToArray();
        foreach (var (node, (expression, left, _)) in round.Observations.Comparisons)
        {
            if (node is not { Left: IndexNode { Target: IndexNode { Key: LiteralNode { Value: { IsString: true } holder } } } access, Right: LiteralNode right }
                || access.Key is not LiteralNode { Value: var key } || right.Value is not { IsString: true } literal
                || !key.Equals("type") || !left.IsAny || Spelling.Nearest(literal.AsString(), types) is null)
                continue;
            var explanation = round.Observations.Extractions.GetValueOrDefault(Shape.Any, []).LastOrDefault(
                e => e.Step == "data" && e.StoredAs == holder.AsString() && e.Whole.Object!.Must("specversion"));
            if (explanation is null || !round.Repairs.Whole.Add(explanation.Expression.Source))
                continue;
            round.Sink.Add(explanation.Expression.Source, Rules.UnwrappedValue,
                $"Only the event's data is kept, yet its type is read at line {expression.At(node).Line}: the case can never match.",
                "keep the whole event: leave out '.data'");
            round.Sink.Add(expression, access, Rules.UnknownName,
                $"'{holder.AsString()}' is the event's data; the type stands in the envelope around it.", "keep the whole event where it is set");
        }
    }
}
