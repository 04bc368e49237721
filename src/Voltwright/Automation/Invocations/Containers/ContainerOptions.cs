namespace Voltwright.Automation.Invocations.Containers;

/// <summary>What containers workflows may run; none, unless told otherwise.</summary>
public sealed record ContainerOptions
{
    public bool Allow { get; init; }

    /// <summary>The engine: <c>unix:///…</c>, or <c>tcp://…</c> for one that listens on the network.</summary>
    public Uri Engine { get; init; } = new("unix:///var/run/docker.sock");

    /// <summary>The network of every container; with <c>none</c> it reaches nobody, and publishes no ports.</summary>
    public string Network { get; init; } = "none";

    /// <summary>Folders of this machine that workflows may mount, with what is in them.</summary>
    public IReadOnlyList<string> Volumes { get; init; } = [];

    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>In bytes.</summary>
    public long Memory { get; init; } = 512L << 20;

    /// <summary>Of one processor; 1.5 is one and a half.</summary>
    public double Processors { get; init; } = 1;

    public long MostProcesses { get; init; } = 256;

    /// <summary>Standard output and standard error each, in bytes.</summary>
    public int LargestOutput { get; init; } = 1 << 20;
}
