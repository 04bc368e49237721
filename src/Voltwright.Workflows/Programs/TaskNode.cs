using Voltwright.Jq;
using Voltwright.Workflows.Expressions;
using Voltwright.Workflows.Running;
using Voltwright.Workflows.Schemas;

namespace Voltwright.Workflows.Programs;

/// <summary>A compiled task: what all have, and what its kind does when the flow reaches it.</summary>
internal abstract class TaskNode
{
    public required TaskFrame Frame { get; init; }

    public string Name => Frame.Name;

    public string Pointer => Frame.Pointer;

    /// <summary>The pointer as a part of an idempotency key, which travels in a header.</summary>
    public string KeyPart => Frame.KeyPart;

    /// <summary>Does the task. Its transformed input is <c>machine.Current.Input</c>.</summary>
    public abstract Move Begin(RunMachine machine);

    /// <summary>A list of tasks inside this one has ended; its output is <c>machine.Value</c>.</summary>
    public virtual Move Returned(RunMachine machine, Activation activation) => throw new InvalidOperationException($"'{Pointer}' has no tasks inside.");

    /// <summary>An error comes out of a task inside this one: null lets it pass.</summary>
    public virtual Move? Catch(RunMachine machine, Activation activation) => null;

    /// <summary>A timer set for this task, other than its timeout, is due.</summary>
    public virtual Move Due(RunMachine machine, Activation activation, string timerId) => Move.Idle;

    /// <summary>Reads back what <see cref="Activation.ToJson"/> wrote.</summary>
    public virtual Activation Restore(JsonValue json) => new PlainActivation(this);

    /// <summary>The properties every kind shares.</summary>
    public sealed class TaskFrame
    {
        private string? _keyPart;

        public required string Name { get; init; }

        public required string Pointer { get; init; }

        public string KeyPart => _keyPart ??= Pointer.All(c => c is > ' ' and < (char)127) ? Pointer : Uri.EscapeDataString(Pointer);

        /// <summary>Unique in the program: the pointer, behind the place of the call for tasks of a function.</summary>
        public required string Id { get; init; }

        public required JsonValue Definition { get; init; }

        public required TaskListNode List { get; init; }

        public required int Index { get; init; }

        public CompiledExpression? If { get; init; }

        public CompiledSchema? InputSchema { get; init; }

        public ValueTemplate? InputFrom { get; init; }

        public ValueTemplate? OutputAs { get; init; }

        public CompiledSchema? OutputSchema { get; init; }

        public ValueTemplate? ExportAs { get; init; }

        public CompiledSchema? ExportSchema { get; init; }

        public CompiledDuration? Timeout { get; init; }

        public Directive Then { get; init; }

        /// <summary>The extended task itself, inside an <see cref="ExtendedNode"/> that has the properties of the task.</summary>
        public bool IsExtended { get; init; }
    }
}
