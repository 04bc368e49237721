using System.Collections.Immutable;
using Voltwright.Workflows.Shapes;

namespace Voltwright.Workflows.Checking;

/// <summary>What can be known at one point of the flow.</summary>
/// <param name="Input">The task's raw input.</param>
/// <param name="Start">What the run was started with, <c>$workflow.input</c>.</param>
/// <param name="Variables">Those of the loops and catches around.</param>
internal sealed record FlowState(Shape Input, Shape Context, Shape Start, ImmutableSortedDictionary<string, Shape> Variables)
{
    public static FlowState Unknown { get; } = new(Shape.Any, Shape.Any, Shape.Any, ImmutableSortedDictionary<string, Shape>.Empty);

    public bool IsNever => Input.IsNever || Context.IsNever;

    public FlowState Or(FlowState other) => new(
        Input.Or(other.Input),
        Context.Or(other.Context),
        Start.Or(other.Start),
        ReferenceEquals(Variables, other.Variables)
            ? Variables
            : Variables.SetItems(other.Variables.Select(
                v => KeyValuePair.Create(v.Key, Variables.TryGetValue(v.Key, out var own) ? own.Or(v.Value) : v.Value))));

    public FlowState With(string name, Shape shape) => this with { Variables = Variables.SetItem(name, shape) };

    /// <summary>Told apart less, so that loops come to an end.</summary>
    public FlowState Widened(bool entirely) => new(
        entirely ? Shape.Any : Input.Widened(),
        entirely ? Shape.Any : Context.Widened(),
        Start,
        Variables.SetItems(Variables.Select(v => KeyValuePair.Create(v.Key, entirely ? Shape.Any : v.Value.Widened()))));

    public bool SameAs(FlowState other) => Input.Equals(other.Input) && Context.Equals(other.Context) && Start.Equals(other.Start)
        && (ReferenceEquals(Variables, other.Variables)
            || (Variables.Count == other.Variables.Count && Variables.All(v => other.Variables.TryGetValue(v.Key, out var twin) && v.Value.Equals(twin))));
}
