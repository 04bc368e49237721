using Voltwright.Jq;
using Voltwright.Workflows.Expressions;

namespace Voltwright.Workflows.Events;

/// <summary>Where there is no run yet: a schedule.</summary>
internal sealed class NoArguments : IArguments
{
    public static NoArguments Instance { get; } = new();

    public TimeProvider Time { get; } = new FixedTime(DateTimeOffset.UnixEpoch);

    public JsonValue Get(ArgumentSlot slot) => default;

    public bool HasSecret(string name) => false;
}
