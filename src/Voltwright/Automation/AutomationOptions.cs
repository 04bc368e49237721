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

    /// <summary>Runs being started by events at one moment; more wait their turn in the log.</summary>
    public int StartsAtOnce { get; init; } = 64;
}
