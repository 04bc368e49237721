using Voltwright.Workflows.Definitions;
using Voltwright.Workflows.Events;
using Voltwright.Workflows.Expressions;
using Voltwright.Workflows.Programs;
using Voltwright.Workflows.Reading;

namespace Voltwright.Workflows.Compiling;

/// <summary>Compiles <c>listen</c>.</summary>
internal sealed class ListenCompiler(ProgramCompiler program, ReadingContext context)
{
    public ListenNode Listen(ListenTask task, TaskNode.TaskFrame frame, CompileScope scope)
    {
        var strategy = new EventCompiler(program.Expressions, context).Strategy(task.To, Place.TaskBody, scope.Variables);
        return new ListenNode(strategy, Enum.Parse<EventReading>(task.Read, ignoreCase: true), Iteration(task.ForEach, scope)) { Frame = frame };
    }

    public EventIteration? Iteration(IteratorDefinition? iterator, CompileScope scope)
    {
        if (iterator is null)
            return null;
        var inside = scope.With(iterator.Item, iterator.At);
        return new EventIteration(
            iterator.Item,
            iterator.At,
            iterator.Do is null ? null : program.List(iterator.Do, inside),
            program.Expressions.Transform(iterator.Output?.Transform, Place.TaskOutput, inside.Variables),
            program.Schema(iterator.Output?.Schema),
            program.Expressions.Transform(iterator.Export?.Transform, Place.TaskExport, inside.Variables),
            program.Schema(iterator.Export?.Schema));
    }
}
