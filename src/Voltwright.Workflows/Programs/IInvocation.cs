using Voltwright.Workflows.Running;
using Voltwright.Workflows.Runs;

namespace Voltwright.Workflows.Programs;

/// <summary>A task under way whose work the host does.</summary>
internal interface IInvocation
{
    string CommandId { get; }

    /// <summary>The machine is at this task.</summary>
    Move Answer(RunMachine machine, RunEvent e);
}
