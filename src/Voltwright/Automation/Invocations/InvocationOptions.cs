using Voltwright.Automation.Invocations.Containers;
using Voltwright.Automation.Invocations.Processes;

namespace Voltwright.Automation.Invocations;

public sealed record InvocationOptions
{
    public ProcessOptions Processes { get; init; } = new();

    public ContainerOptions Containers { get; init; } = new();

    /// <summary>Where external resources without an address on the network are (<c>file://app/greet.proto</c>); null: nowhere.</summary>
    public string? ResourceFolder { get; init; }

    /// <summary>How long one call by another protocol may take.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(100);
}
