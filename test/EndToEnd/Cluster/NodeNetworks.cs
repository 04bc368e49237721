using System.Diagnostics;
using System.Net;
using Voltwright.Bench.Serving;

namespace Voltwright.EndToEnd.Cluster;

/// <summary>Network namespaces on a bridge of their own, one for each node, between which the way can be cut.</summary>
internal sealed class NodeNetworks : IDisposable
{
    private readonly string _name = $"vw{Environment.ProcessId % 100_000}";
    private readonly int _count;

    private NodeNetworks(int count) => _count = count;

    public IReadOnlyList<ServePlace> Places =>
        [.. Enumerable.Range(0, _count).Select(i => new ServePlace(IPAddress.Parse(AddressOf(i)), ["ip", "netns", "exec", SpaceOf(i)]))];

    /// <summary>Skips the test where namespaces cannot be made.</summary>
    public static NodeNetworks Create(int count)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess, "Network namespaces take root on Linux.");
        var networks = new NodeNetworks(count);
        try
        {
            Ip($"link add {networks._name} type bridge");
            Ip($"addr add {AddressOf(-1)}/24 dev {networks._name}");
            Ip($"link set {networks._name} up");
            for (var i = 0; i < count; i++)
                networks.Add(i);
            return networks;
        }
        catch (InvalidOperationException e)
        {
            networks.Dispose();
            Assert.Skip($"Network namespaces cannot be made here: {e.Message}");
            throw;
        }
    }

    /// <summary>From now on that node and the others do not reach each other, and nobody tells them why.</summary>
    public void Cut(int node) => EachOther(node, "add");

    public void Mend(int node) => EachOther(node, "del");

    public void Dispose()
    {
        // A namespace lives as long as the last process in it; its wire need not.
        for (var i = 0; i < _count; i++)
        {
            Run($"link del {WireOf(i)}");
            Run($"netns del {SpaceOf(i)}");
        }

        Run($"link del {_name}");
    }

    private static string AddressOf(int node) => $"10.213.87.{node + 2}";

    private static void Ip(string arguments)
    {
        if (Run(arguments) is { } problem)
            throw new InvalidOperationException($"ip {arguments}: {problem}");
    }

    private static string? Run(string arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("ip", arguments) { RedirectStandardError = true })!;
        var said = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? null : said;
    }

    private string SpaceOf(int node) => $"{_name}-{node}";

    private string WireOf(int node) => $"{_name}v{node}";

    private void Add(int node)
    {
        var (space, ours) = (SpaceOf(node), WireOf(node));
        Ip($"netns add {space}");
        Ip($"link add {ours} type veth peer name eth0 netns {space}");
        Ip($"link set {ours} master {_name} up");
        Ip($"-n {space} link set lo up");
        Ip($"-n {space} addr add {AddressOf(node)}/24 dev eth0");
        Ip($"-n {space} link set eth0 up");
    }

    private void EachOther(int node, string change)
    {
        foreach (var other in Enumerable.Range(0, _count).Where(other => other != node))
            Ip($"-n {SpaceOf(node)} route {change} blackhole {AddressOf(other)}/32");
    }
}
