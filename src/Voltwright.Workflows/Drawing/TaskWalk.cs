using Voltwright.Workflows.Definitions;

namespace Voltwright.Workflows.Drawing;

/// <summary>Every task of a definition, at every depth, in the order of the text.</summary>
internal static class TaskWalk
{
    public static IEnumerable<TaskDefinition> AllTasks(this WorkflowDefinition definition) => definition.Do.Tasks.SelectMany(Within);

    private static IEnumerable<TaskDefinition> Within(TaskDefinition task) => Lists(task).SelectMany(l => l.Tasks).SelectMany(Within).Prepend(task);

    private static IEnumerable<TaskList> Lists(TaskDefinition task) => task switch
    {
        DoTask inner => [inner.Do],
        ForTask loop => [loop.Do],
        ForkTask fork => [fork.Branches],
        TryTask attempt => attempt.Catch.Do is { } caught ? [attempt.Try, caught] : [attempt.Try],
        ListenTask { ForEach.Do: { } each } => [each],
        CallProtocolTask { ForEach.Do: { } each } => [each],
        _ => [],
    };
}
