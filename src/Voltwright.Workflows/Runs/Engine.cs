using Voltwright.Jq;
using Voltwright.Workflows.Running;

namespace Voltwright.Workflows.Runs;

/// <summary>Runs programs. Pure: the same state and event give the same step, on any machine, at any time.</summary>
public static class Engine
{
    /// <summary>Begins a run and carries it to the first point where it has to wait, or to its end.</summary>
    public static RunStep Start(WorkflowProgram program, RunStart start, EngineOptions? options = null)
    {
        var at = Whole(start.At);
        var machine = new RunMachine(program, new RunMemory(start.Id, start.Input, at), at, start.Secrets, options ?? EngineOptions.Default);
        machine.Begin();
        return machine.Step();
    }

    /// <summary>Applies one event. An event that nothing awaits any more changes nothing.</summary>
    public static RunStep Apply(
        WorkflowProgram program, RunState state, RunEvent e, IReadOnlyDictionary<string, JsonValue>? secrets = null, EngineOptions? options = null)
    {
        if (state.Memory.IsOver && !(e is Retry && state.CanRetry))
            return new RunStep(state, [], []) { ChangesNothing = true };
        var machine = new RunMachine(program, state.Memory.Copy(), Whole(e.At), secrets, options ?? EngineOptions.Default);
        machine.Take(e);
        return machine.Step();
    }

    // Stored states keep milliseconds: a run must not go differently because it was never stored.
    private static DateTimeOffset Whole(DateTimeOffset at) => DateTimeOffset.FromUnixTimeMilliseconds(at.ToUnixTimeMilliseconds());
}
