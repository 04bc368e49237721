using Voltwright.Jq;
using Voltwright.Workflows.Programs;
using Voltwright.Workflows.Running;

namespace Voltwright.Workflows.Runs;

/// <summary>A run between two events: immutable, complete, serialisable at any time.</summary>
public sealed class RunState
{
    private readonly SecretMask _mask;
    private readonly IReadOnlyList<string>? _types;

    internal RunState(RunMemory memory, SecretMask mask, IReadOnlyList<string>? types)
    {
        Memory = memory;
        _types = types;
        _mask = mask;
    }

    internal RunMemory Memory { get; }

    public string Id => Memory.Id;

    public RunStatus Status => Memory.Status;

    public DateTimeOffset StartedAt => Memory.StartedAt;

    /// <summary>The raw input.</summary>
    public JsonValue Input => Memory.Input;

    /// <summary>The workflow's output; null until the run is completed.</summary>
    public JsonValue Output => Memory.Output;

    /// <summary>Problem details; null unless the run is faulted.</summary>
    public JsonValue Error => Memory.Error;

    /// <summary>Whether a <see cref="Retry"/> lets the faulted run go on.</summary>
    public bool CanRetry => Status == RunStatus.Faulted && Memory.Fall is not null;

    /// <summary>Sequence number of the last trace entry.</summary>
    internal long Sequence => Memory.Traced;

    /// <summary>Pointers of the innermost tasks under way.</summary>
    internal IEnumerable<string> Open => Memory.Strands.Where(s => s.Top is not (null or BranchActivation or ForkActivation))
        .Select(s => s.Top!.Node.Pointer).Where(p => p != "/");

    /// <summary>Whether any task takes events at this moment.</summary>
    public bool IsListening => Memory.Strands.Any(s => s.Stack.Any(a => a is ListenActivation { IsClosed: false }));

    /// <summary>The commands whose outcome is still awaited. A host that lost track, after a crash, carries them out again.</summary>
    public IReadOnlyList<RunCommand> Pending => Memory.IsOver ? [] :
    [
        .. Memory.Subscription is not { } subscription ? [] : new[] { new Subscribe(subscription, _types) },
        .. Memory.Timeout is null ? [] : new[] { Memory.Timeout.Command },
        .. Memory.Strands.SelectMany(s => s.Stack).SelectMany(a => a.Timeout is null ? a.Pending : a.Pending.Prepend(a.Timeout.Command)),
    ];

    /// <summary>The state as stored. Values of secrets are replaced by their names.</summary>
    public JsonValue ToJson() => _mask.Hide(Memory.ToJson());

    /// <param name="secrets">The same secrets as before, so that their values can be put back.</param>
    /// <exception cref="FormatException">The JSON is no state, or not one of this program.</exception>
    public static RunState FromJson(WorkflowProgram program, JsonValue json, IReadOnlyDictionary<string, JsonValue>? secrets = null)
    {
        var mask = SecretMask.Of(program, secrets);
        try
        {
            return new RunState(RunMemory.FromJson(mask.Reveal(json), program.Node), mask, program.ListenedTypes);
        }
        catch (InvalidOperationException e)
        {
            throw new FormatException($"Not a state of '{program.Name}': {e.Message}", e);
        }
    }
}
