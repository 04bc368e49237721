using Voltwright.Automation.Invocations;
using Voltwright.Jq;
using Voltwright.Workflows.Runs;

namespace Voltwright.Automation;

public sealed record AutomationOptions
{
    /// <summary>What <c>use.secrets</c> may name.</summary>
    public IReadOnlyDictionary<string, JsonValue> Secrets { get; init; } = new Dictionary<string, JsonValue>();

    /// <summary>What runs may ask for beside HTTP calls.</summary>
    public InvocationOptions Invocations { get; init; } = new();

    public EngineOptions Engine { get; init; } = EngineOptions.Default;

    /// <summary>Which lifecycle events go into the log.</summary>
    public LifecyclePublication Lifecycle { get; init; } = LifecyclePublication.None;

    /// <summary>Runs being started by events at one moment; more wait their turn in the log.</summary>
    public int StartsAtOnce { get; init; } = 64;

    /// <summary>Entries kept of one run's journal; the oldest go first, the state itself is always whole.</summary>
    public int JournalKept { get; init; } = 2_000;

    /// <summary>How long a run is kept after its end.</summary>
    public TimeSpan RunsKeptFor { get; init; } = TimeSpan.FromDays(30);

    /// <summary>Ended runs kept at most of each status; the oldest go first.</summary>
    public int RunsKept { get; init; } = 1_000_000;

    /// <summary>How often ended runs are looked through.</summary>
    public TimeSpan PurgeEvery { get; init; } = TimeSpan.FromMinutes(10);
}

/// <summary>Which lifecycle events of runs are published (DSL, Lifecycle Events).</summary>
public enum LifecyclePublication
{
    None,

    /// <summary>Of workflows, without those of their tasks.</summary>
    Workflow,

    /// <summary>Of tasks too: several events a task.</summary>
    All,
}
