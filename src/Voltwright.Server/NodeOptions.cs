using System.Net;
using System.Security.Cryptography.X509Certificates;

namespace Voltwright.Server;

/// <summary>How this server is one of several. Anyone who reaches the port of a node without certificates can speak as a node.</summary>
public sealed record NodeOptions
{
    /// <summary>Nodes with the same id in the same database are one cluster.</summary>
    public string ClusterId { get; init; } = "voltwright";

    /// <summary>Where the others reach this node; it listens there and nowhere else.</summary>
    public IPEndPoint Address { get; init; } = new(IPAddress.Loopback, 11111);

    /// <summary>After so long without an answer, times <see cref="ProbesMissed"/>, a node is declared dead.</summary>
    public TimeSpan Probe { get; init; } = TimeSpan.FromSeconds(1);

    public int ProbesMissed { get; init; } = 3;

    /// <summary>With its key; null speaks without encryption.</summary>
    public X509Certificate2? Certificate { get; init; }

    /// <summary>Who signs the nodes' certificates: whoever has one belongs to the cluster.</summary>
    public X509Certificate2Collection Authorities { get; init; } = [];
}
