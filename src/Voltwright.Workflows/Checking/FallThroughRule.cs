using Voltwright.Workflows.Definitions;
using Voltwright.Workflows.Findings;

namespace Voltwright.Workflows.Checking;

/// <summary>Branches of a switch that run into one another for want of a <c>then</c>.</summary>
internal static class FallThroughRule
{
    public static void Find(CheckRound round)
    {
        foreach (var list in round.Subject.Plan.Points.Select(p => p.List).Distinct())
            Find(list, round);
    }

    private static void Find(FlowList list, CheckRound round)
    {
        var switches = list.Points.Where(p => p.Task is SwitchTask).Select(p => Branches(p)).Where(b => b.Count > 1).ToArray();
        if (switches.Length == 0)
            return;
        foreach (var point in list.Points.Where(p => p.Next is not null && p.Task is not SwitchTask && round.Observations.FallsThrough.Contains(p)))
        {
            foreach (var branches in switches)
            {
                if (!branches.TryGetValue(point.Next!, out var entered) || !LooksAlternative(point.Next!, entered, branches)
                    || branches.Where(b => b.Key != point.Next).FirstOrDefault(b => Within(b.Key, point.Next!).Contains(point)) is not { Key: { } branch })
                    continue;
                round.Repairs.Stops.Add(point);
                round.Sink.Add(point.Task, Rules.FallThrough,
                    $"'{point.Task.Name}' has no 'then', so the flow runs on into '{point.Next!.Task.Name}' (line {point.Next.Task.Properties.NameAt.Line}), "
                    + $"which is another branch than '{branch.Task.Name}'.",
                    $"end the branch with 'then: end' or 'then: exit', or say 'then: {point.Next.Task.Name}' if that is meant");
                break;
            }
        }
    }

    // The tasks that a switch leads to, and whether a condition stands before them.
    private static Dictionary<FlowPoint, bool> Branches(FlowPoint point)
    {
        var choice = (SwitchTask)point.Task;
        var branches = new Dictionary<FlowPoint, bool>();
        foreach (var @case in choice.Cases)
        {
            if (@case.Then?.Text is { } name && point.List.Target(name) is { } target)
                branches[target] = @case.When is not null || branches.GetValueOrDefault(target);
        }

        if (choice.Properties.Then?.Text is { } otherwise && point.List.Target(otherwise) is { } last)
            branches.TryAdd(last, false);
        return branches;
    }

    // What a default leads to may be what all have in common; not so when several conditions exclude it, or when it raises an error.
    private static bool LooksAlternative(FlowPoint entered, bool conditional, Dictionary<FlowPoint, bool> branches) =>
        conditional || branches.Count(b => b.Value) > 1 || entered.Task is RaiseTask;

    // What belongs to a branch: all that is reached from its first task, without going through the other.
    private static HashSet<FlowPoint> Within(FlowPoint first, FlowPoint other)
    {
        var within = new HashSet<FlowPoint>();
        var open = new Stack<FlowPoint>([first]);
        while (open.TryPop(out var point))
        {
            if (point == other || !within.Add(point))
                continue;
            foreach (var next in Successors(point))
                open.Push(next);
        }

        return within;
    }

    private static IEnumerable<FlowPoint> Successors(FlowPoint point)
    {
        var directives = point.Task is SwitchTask choice ? choice.Cases.Select(c => c.Then?.Text) : [];
        var own = point.Task.Properties.Then?.Text;
        var caught = (point.Task as TryTask)?.Catch.Then?.Text;
        foreach (var name in directives.Append(caught).Append(own).OfType<string>())
        {
            if (point.List.Target(name) is { } target)
                yield return target;
        }

        var covers = point.Task is SwitchTask { Cases: var cases } && cases.Any(c => c.When is null);
        if (own is null or "continue" && !covers && point.Task is not RaiseTask && point.Next is { } next)
            yield return next;
    }
}
