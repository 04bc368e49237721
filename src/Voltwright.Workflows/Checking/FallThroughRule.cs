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
        var switches = list.Points.Where(p => p.Task is SwitchTask).Select(Branches).Where(b => b.Count > 1)
            .SelectMany(b => b.Keys, (branches, entered) => (entered, branches)).ToLookup(b => b.entered, b => b.branches);
        if (switches.Count == 0)
            return;
        var predecessors = new Lazy<ILookup<FlowPoint, FlowPoint>>(() => list.Points
            .SelectMany(p => Successors(p), (from, to) => (From: from, To: to)).ToLookup(w => w.To, w => w.From));
        foreach (var point in list.Points.Where(p => p.Next is not null && p.Task is not SwitchTask && round.Observations.FallsThrough.Contains(p)))
        {
            foreach (var branches in switches[point.Next!])
            {
                if (!LooksAlternative(point.Next!, branches) || Branch(point, branches, predecessors.Value) is not { } branch)
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
    private static bool LooksAlternative(FlowPoint entered, Dictionary<FlowPoint, bool> branches) =>
        branches[entered] || branches.Values.Where(conditional => conditional).Skip(1).Any() || entered.Task is RaiseTask;

    // The branch that a task belongs to, the nearest: it is reached from its first task, without going through the one that is entered.
    private static FlowPoint? Branch(FlowPoint point, Dictionary<FlowPoint, bool> branches, ILookup<FlowPoint, FlowPoint> predecessors)
    {
        var seen = new HashSet<FlowPoint> { point, point.Next! };
        var open = new Queue<FlowPoint>([point]);
        while (open.TryDequeue(out var at))
        {
            if (branches.ContainsKey(at))
                return at;
            foreach (var before in predecessors[at].Where(seen.Add))
                open.Enqueue(before);
        }

        return null;
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
