using Voltwright.Workflows.Definitions;
using Voltwright.Workflows.Findings;
using Voltwright.Workflows.Reading;

namespace Voltwright.Workflows.Compiling;

/// <summary>Names and targets inside one task list.</summary>
internal static class FlowRules
{
    public static void Names(TaskList tasks, ReadingContext context)
    {
        foreach (var twin in tasks.Tasks.GroupBy(t => t.Name).SelectMany(g => g.Skip(1)))
        {
            var at = twin.Properties.NameAt;
            context.Error(at.Line, at.Column, Rules.DuplicateTask, $"The list has two tasks named '{twin.Name}'.", "rename one");
        }
    }

    public static Dictionary<string, int> Targets(TaskList tasks)
    {
        var targets = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < tasks.Tasks.Count; i++)
            targets.TryAdd(tasks.Tasks[i].Name, i);
        return targets;
    }

    public static void UnknownTarget(SourceNode then, string name, IEnumerable<string> targets, ReadingContext context) =>
        context.Error(then, Rules.UnknownTarget, $"There is no task '{name}' in this list.",
            Spelling.DidYouMean(name, targets.Concat(["continue", "exit", "end"])) ?? "a directive reaches only tasks of the same list");
}
