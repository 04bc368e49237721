using Voltwright.Workflows.Definitions;
using Voltwright.Workflows.Findings;

namespace Voltwright.Workflows.Checking;

/// <summary>Tasks, cases and directives that the flow never comes to.</summary>
internal static class ReachRules
{
    public static void Find(CheckRound round)
    {
        var reached = round.Observations.Entries;
        foreach (var point in round.Subject.Plan.Points)
        {
            if (!reached.ContainsKey(point))
                Unreached(point, round);
            else if (point.Task is SwitchTask choice)
                Cases(choice, round);
            if (reached.ContainsKey(point) && point.Task.Properties.Then is { } then)
                Directive(point, then.Text!, round);
        }
    }

    private static void Unreached(FlowPoint point, CheckRound round)
    {
        var reached = round.Observations.Entries;
        // The first of a row says it for the others; a task that is not reached says it for those inside.
        if ((point.List.Owner is { } owner && !reached.ContainsKey(owner)) || (point.Index > 0 && !reached.ContainsKey(point.List.Points[point.Index - 1])))
            return;
        var before = point.Index > 0 ? point.List.Points[point.Index - 1] : null;
        if (before is null && point.List.Role is ListRole.Catch or ListRole.Iteration)
            return;
        var row = point.List.Points.Skip(point.Index).TakeWhile(p => !reached.ContainsKey(p)).Select(p => $"'{p.Task.Name}'").ToArray();
        var names = row.Length == 1 ? row[0] : $"{string.Join(", ", row[..^1])} and {row[^1]}";
        var why = before is null ? "" : $" '{before.Task.Name}' before {(row.Length == 1 ? "it" : "them")} never goes on, "
                + "and no directive that is followed leads here.";
        round.Sink.Add(point.Task, Rules.UnreachableTask, $"{names} can never run.{why}",
            "let a 'then' lead here, or remove what never runs");
    }

    private static void Cases(SwitchTask choice, CheckRound round)
    {
        var conditions = round.Observations.Conditions;
        var always = choice.Cases.FirstOrDefault(c => c.When is not null && conditions.TryGetValue(c.When, out var reading) && !reading.CanBeFalse
            && !reading.HasMissing && !round.Repairs.Possible.Contains(c.When));
        foreach (var @case in choice.Cases.Where(c => c.When is not null && !conditions.ContainsKey(c.When) && always is not null))
        {
            round.Sink.Add(@case.Source, Rules.ImpossibleCase, $"Case '{@case.Name}' can never match: '{always!.Name}' before it always does.",
                $"correct the condition of '{always.Name}', or order the cases from the special to the general");
        }

        if (choice.Properties.Then is { } then && choice.Cases.FirstOrDefault(c => c.When is null) is { } otherwise)
        {
            round.Sink.Add(then, Rules.UnreachableDirective,
                $"'then: {then.Text}' is never followed: the case '{otherwise.Name}' has no condition and takes all that is left.",
                "remove one of the two");
        }
    }

    private static void Directive(FlowPoint point, string then, CheckRound round)
    {
        if (round.Observations.Outputs.ContainsKey(point))
            return;
        var why = point.Task is RaiseTask ? "a 'raise' never comes to its end" : $"'{point.Task.Name}' never comes to its end";
        round.Sink.Add(point.Task.Source.Find("then")!, Rules.UnreachableDirective, $"'then: {then}' is never followed: {why}.", "remove it");
    }
}
