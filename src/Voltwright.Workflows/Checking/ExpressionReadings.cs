using Voltwright.Jq.Syntax;
using Voltwright.Workflows.Shapes;

namespace Voltwright.Workflows.Checking;

/// <summary>Notes what one evaluation reads; kept only when the evaluation came to its end.</summary>
internal sealed class ExpressionReadings(ParsedExpression expression, FlowPoint? point, Repairs repairs, Observations? observations) : IReadings
{
    private const int MostTargets = 8;

    private readonly List<(Node At, Shape Target, string Name, bool Missing)> _members = [];
    private readonly List<(BinaryNode At, Shape Left, Shape Right)> _comparisons = [];

    public bool HasMissing => _members.Exists(m => m.Missing);

    public Shape Member(Node at, Shape target, string name, Shape found)
    {
        if (repairs.Present.Contains(at))
            return Shape.Any;
        if (observations is not null)
            _members.Add((at, target, name, target.Object is not { } members || !members.Can(name)));
        return found;
    }

    public void Element(Node at, Shape target, long index)
    {
        if (observations is not null)
            _members.Add((at, target, $"[{index}]", target.Array is not { } array || !array.CanReach(index)));
    }

    public void Comparison(BinaryNode at, Shape left, Shape right)
    {
        if (observations is not null)
            _comparisons.Add((at, left, right));
    }

    /// <param name="after">The task that the flow comes from, where it comes from several.</param>
    public void Keep(FlowPoint? after)
    {
        // One place may be evaluated several times: it is missing only if it is so each time.
        foreach (var group in _members.GroupBy(m => m.At, ReferenceEqualityComparer.Instance))
        {
            var first = group.First();
            if (!observations!.Members.TryGetValue(first.At, out var reading))
                observations.Members[first.At] = reading = new MemberReading(expression, first.At, first.Name, point);
            var missing = group.All(m => m.Missing);
            reading.Seen++;
            reading.Missing += missing ? 1 : 0;
            reading.Unknown += !missing && group.All(m => m.Missing || m.Target.Object?.Members.ContainsKey(m.Name) is false) ? 1 : 0;
            foreach (var (_, target, _, _) in group)
            {
                if (reading.Targets.Count < MostTargets && !reading.Targets.Contains(target))
                    reading.Targets.Add(target);
            }

            if (missing && after is not null && first.Target.Object is { Members.IsEmpty: false })
                reading.MissingAfter ??= after;
        }

        foreach (var (at, left, right) in _comparisons)
        {
            var known = observations!.Comparisons.GetValueOrDefault(at, (expression, Shape.Never, Shape.Never));
            observations.Comparisons[at] = (expression, known.Item2.Or(left), known.Item3.Or(right));
        }
    }
}
