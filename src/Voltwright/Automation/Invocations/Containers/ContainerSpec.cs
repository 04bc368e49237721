using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Docker.DotNet.Models;
using Voltwright.Automation.Invocations.Processes;
using Voltwright.Jq;
using Voltwright.Workflows.Runs;

namespace Voltwright.Automation.Invocations.Containers;

/// <summary>A container as a task describes it, within the operator's limits (DSL reference, Container Process).</summary>
/// <param name="Key">The idempotency key: a label by which a container is found again after a crash.</param>
internal sealed record ContainerSpec(JsonValue Process, ProcessRequest Request, string Key)
{
    public const string KeyLabel = "voltwright.key";
    public const string RemovalLabel = "voltwright.remove-at";

    public string Image => ProcessRequest.Text(Process["image"]);

    public string Name => Process["name"] is { IsNull: false } name
        ? ProcessRequest.Text(name)
        : $"voltwright-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Key)).AsSpan(0, 8))}";

    /// <summary><c>always</c>, <c>never</c> or <c>eventually</c>.</summary>
    public string Cleanup => Process["lifetime"]["cleanup"].TryGetString(out var cleanup) ? cleanup : "never";

    /// <summary>With <c>eventually</c>: how long after its end the container stays.</summary>
    public TimeSpan After => Durations.Read(Process["lifetime"]["after"], "after");

    public CreateContainerParameters Parameters(ContainerOptions options)
    {
        var command = Process["command"] is { IsNull: false } text ? ProcessRequest.Text(text) : null;
        var arguments = ShellRun.ArgumentsOf(Request).ToList();
        var ports = Ports(options);
        var parameters = new CreateContainerParameters
        {
            Image = Image,
            Name = Name,
            Env = [.. Request.Environment.Select(e => $"{e.Key}={e.Value}")],
            OpenStdin = Request.Input is not null,
            StdinOnce = Request.Input is not null,
            AttachStdin = Request.Input is not null,
            ExposedPorts = ports.Keys.ToDictionary(p => p, _ => default(EmptyStruct)),
            Labels = new Dictionary<string, string> { [KeyLabel] = Key },
            HostConfig = new HostConfig
            {
                Binds = [.. Volumes(options)],
                PortBindings = ports,
                NetworkMode = options.Network,
                Memory = options.Memory,
                MemorySwap = options.Memory,
                NanoCPUs = (long)(options.Processors * 1e9),
                PidsLimit = options.MostProcesses,
                SecurityOpt = ["no-new-privileges"],
            },
        };

        // A command is a text for a shell, as that of a shell process is; arguments alone are for what the image runs.
        if (command is not null)
            parameters.Entrypoint = ["/bin/sh", "-c", command, "sh"];
        if (arguments.Count > 0)
            parameters.Cmd = arguments;
        return parameters;
    }

    // Port of this machine → port of the container, as Docker writes it; only on loopback.
    private Dictionary<string, IList<PortBinding>> Ports(ContainerOptions options)
    {
        var bindings = new Dictionary<string, IList<PortBinding>>(StringComparer.Ordinal);
        foreach (var (outside, inside) in Process["ports"].TryGetObject(out var ports) ? ports : JsonObject.Empty)
        {
            if (options.Network == "none")
            {
                throw new InvocationException(
                    InvocationFailure.Authorization,
                    "Containers have no network on this server, so they publish no ports; the operator names one with --container-network.");
            }

            if (!ushort.TryParse(outside, NumberStyles.None, CultureInfo.InvariantCulture, out _)
                || !ushort.TryParse(ProcessRequest.Text(inside), NumberStyles.None, CultureInfo.InvariantCulture, out var port))
                throw new InvocationException(InvocationFailure.Configuration, $"'{outside}: {inside}' is no pair of ports.");
            bindings[$"{port}/tcp"] = [new PortBinding { HostIP = "127.0.0.1", HostPort = outside }];
        }

        return bindings;
    }

    // Folder of this machine → folder in the container.
    private IEnumerable<string> Volumes(ContainerOptions options)
    {
        foreach (var (outside, inside) in Process["volumes"].TryGetObject(out var volumes) ? volumes : JsonObject.Empty)
        {
            var path = Path.GetFullPath(outside);
            if (!options.Volumes.Select(v => Path.TrimEndingDirectorySeparator(Path.GetFullPath(v)))
                .Any(v => path == v || path.StartsWith(v + Path.DirectorySeparatorChar, StringComparison.Ordinal)))
            {
                throw new InvocationException(
                    InvocationFailure.Authorization, $"The folder '{outside}' must not be mounted; the operator allows it with --container-volume.");
            }

            yield return $"{path}:{ProcessRequest.Text(inside)}";
        }
    }
}
