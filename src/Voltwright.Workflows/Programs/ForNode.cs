using Voltwright.Jq;
using Voltwright.Workflows.Expressions;
using Voltwright.Workflows.Running;

namespace Voltwright.Workflows.Programs;

/// <summary>Iteration n's input is iteration n−1's output; the last one is the task's.</summary>
internal sealed class ForNode(string each, string at, ValueTemplate items, CompiledExpression? condition, TaskListNode list) : TaskNode
{
    public override Move Begin(RunMachine machine)
    {
        if (!machine.Evaluate(items, machine.Current.Input, out var collection))
            return Move.Fail;
        if (!collection.TryGetArray(out var array))
            return machine.Raise(ErrorKind.Expression, $"'for.in' must yield an array, not {StateWeight.Show(collection)}.");
        var activation = new LoopActivation(this, each, at) { Items = array };
        if (!machine.Push(activation))
            return Move.Fail;
        machine.Value = activation.Input;
        return Next(machine, activation);
    }

    public override Move Returned(RunMachine machine, Activation activation)
    {
        if (machine.Exited)
            return Move.Finish;
        var loop = (LoopActivation)activation;
        loop.Position++;
        return Next(machine, loop);
    }

    public override Activation Restore(JsonValue json) => new LoopActivation(this, each, at)
    {
        Items = json["in"].AsArray(),
        Position = json["at"].TryGetInt64(out var position) ? (int)position : 0,
    };

    private Move Next(RunMachine machine, LoopActivation loop)
    {
        if (loop.Position >= loop.Items.Count)
            return Move.Finish;
        if (condition is not null)
        {
            if (!machine.Evaluate(condition, machine.Value, out var goOn))
                return Move.Fail;
            if (!goOn.IsTruthy)
                return Move.Finish;
        }

        return machine.EnterList(list);
    }

    private sealed class LoopActivation(TaskNode node, string each, string at) : Activation(node)
    {
        public required JsonArray Items { get; init; }

        public int Position { get; set; }

        public override JsonValue Remembered => Items;

        public override bool TryGetVariable(string name, out JsonValue value)
        {
            value = name == each ? Items[Math.Min(Position, Items.Count - 1)] : Position;
            return name == each || name == at;
        }

        protected override void Write(JsonObject.Builder json) => json.Set("in", Items).Set("at", Position);
    }
}
