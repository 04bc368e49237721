using Voltwright.Jq;
using Voltwright.Workflows.Runs;

namespace Voltwright.Automation;

/// <summary>Which workflows an event may start, found by its type: most events start nothing, and are passed by quickly.</summary>
public sealed class TriggerIndex
{
    private readonly Dictionary<string, List<DeployedWorkflow>> _byType = new(StringComparer.Ordinal);
    private readonly List<DeployedWorkflow> _ofAnyType = [];

    public TriggerIndex(IEnumerable<DeployedWorkflow> workflows)
    {
        foreach (var workflow in workflows)
            Add(workflow);
    }

    public static TriggerIndex Empty { get; } = new([]);

    /// <summary>Candidates only: each one's trigger still has to match.</summary>
    public IEnumerable<DeployedWorkflow> Find(JsonValue envelope)
    {
        var ofAnyType = LifecycleEvents.IsOne(envelope) ? [] : _ofAnyType;
        if (!envelope["type"].TryGetString(out var type) || !_byType.TryGetValue(type, out var typed))
            return ofAnyType;
        return ofAnyType.Count == 0 ? typed : typed.Concat(ofAnyType);
    }

    private void Add(DeployedWorkflow workflow)
    {
        if (workflow.Program.Trigger is not { } trigger)
            return;
        if (trigger.Types is not { Count: > 0 } types)
        {
            _ofAnyType.Add(workflow);
            return;
        }

        foreach (var type in types)
        {
            if (!_byType.TryGetValue(type, out var list))
                _byType[type] = list = [];
            list.Add(workflow);
        }
    }
}
