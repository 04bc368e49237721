using Voltwright.Automation;
using Voltwright.Server.Console.Layout;

namespace Voltwright.Server.Console.Workflows;

/// <summary>What starts runs of a workflow, in a few words.</summary>
internal static class WorkflowStarts
{
    public static string Tell(DeployedWorkflow workflow, Words t)
    {
        try
        {
            var program = workflow.Program;
            return program.Trigger is not null ? t["on events"] : program.Times is not null ? t["by time"] : t["when called"];
        }
        catch (InvalidDataException)
        {
            // An older program took it; this one cannot run it any more.
            return t["cannot run any more"];
        }
    }
}
