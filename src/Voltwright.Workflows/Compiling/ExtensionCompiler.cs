using Voltwright.Workflows.Definitions;
using Voltwright.Workflows.Expressions;
using Voltwright.Workflows.Programs;

namespace Voltwright.Workflows.Compiling;

/// <summary>Compiles the extensions around a task: anew for each, since each has its own place in the state.</summary>
internal sealed class ExtensionCompiler(ProgramCompiler program)
{
    // What $task means in there: the extended task.
    private const string Extended = "task";

    public TaskExtension[] Around(TaskDefinition task, string id, CompileScope scope)
    {
        var extensions = program.Definition.Use.Extensions;
        if (extensions.Count == 0)
            return [];
        var inside = new CompileScope([Extended], $"{id}+", scope.Functions) { InExtension = true };
        return
        [
            .. extensions.Where(e => e.Extend == "all" || e.Extend == KindOf(task)).Select(e => new TaskExtension(
                program.Expressions.Expression(e.When, Place.TaskBody, inside.Variables),
                e.Before is null ? null : program.List(e.Before, inside),
                e.After is null ? null : program.List(e.After, inside))),
        ];
    }

    private static string KindOf(TaskDefinition task) => task switch
    {
        CallHttpTask or CallProtocolTask or CallFunctionTask => "call",
        DoTask or ForkTask => "composite",
        EmitTask => "emit",
        ForTask => "for",
        ListenTask => "listen",
        RaiseTask => "raise",
        RunTask => "run",
        SetTask => "set",
        SwitchTask => "switch",
        TryTask => "try",
        _ => "wait",
    };
}
