using System.CommandLine;
using Voltwright.Automation.Invocations;
using Voltwright.Automation.Invocations.Containers;
using Voltwright.Automation.Invocations.Processes;

namespace Voltwright.Cli.Commands;

/// <summary>Options by which the operator lends workflows something of the machine. Without them, nothing.</summary>
internal static class Permissions
{
    private static readonly Option<bool> Shell = new("--allow-shell")
    {
        Description = "Let workflows run shell commands, and MCP servers that are programs, on this machine.",
    };

    private static readonly Option<bool> Scripts = new("--allow-scripts") { Description = "Let workflows run scripts: js, python, sh." };
    private static readonly Option<bool> Containers = new("--allow-containers") { Description = "Let workflows run containers." };

    private static readonly Option<string> Engine = new("--container-engine")
    {
        Description = "The Docker engine that runs them: unix:///path or tcp://host:port.",
        DefaultValueFactory = _ => new ContainerOptions().Engine.OriginalString,
    };

    private static readonly Option<string> Network = new("--container-network")
    {
        Description = "The network of containers; 'none' reaches nobody.",
        DefaultValueFactory = _ => new ContainerOptions().Network,
    };

    private static readonly Option<string[]> Volume = new("--container-volume") { Description = "A folder that containers may mount, with what is in it." };

    public static void AddTo(Command command)
    {
        foreach (var option in new Option[] { Shell, Scripts, Containers, Engine, Network, Volume })
            command.Options.Add(option);
    }

    /// <param name="resources">Where files are that workflows name; null: nowhere.</param>
    public static InvocationOptions Read(ParseResult parsed, string? resources) => new()
    {
        Processes = new ProcessOptions { AllowShell = parsed.GetValue(Shell), AllowScripts = parsed.GetValue(Scripts) },
        Containers = new ContainerOptions
        {
            Allow = parsed.GetValue(Containers),
            Engine = Uri.TryCreate(parsed.GetValue(Engine), UriKind.Absolute, out var engine)
                ? engine : throw new UsageException($"--container-engine '{parsed.GetValue(Engine)}' is no address; write unix:///var/run/docker.sock."),
            Network = parsed.GetValue(Network)!,
            Volumes = parsed.GetValue(Volume) ?? [],
        },
        ResourceFolder = resources,
    };
}
