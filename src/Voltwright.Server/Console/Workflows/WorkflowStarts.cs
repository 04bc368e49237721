using Voltwright.Automation;
using Voltwright.Jq;
using Voltwright.Server.Console.Layout;

namespace Voltwright.Server.Console.Workflows;

/// <summary>What starts runs of a workflow, in a few words.</summary>
internal static class WorkflowStarts
{
    /// <summary>Whether the event starts it, alone or together with others.</summary>
    public static bool Matches(DeployedWorkflow workflow, JsonValue envelope)
    {
        try
        {
            return workflow.Program.Trigger?.Matches(envelope) == true;
        }
        catch (InvalidDataException)
        {
            // An older program took it; this one cannot run it any more.
            return false;
        }
    }

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
