using System.Collections.Immutable;
using Voltwright.Workflows.Definitions;
using Voltwright.Workflows.Reading;
using Voltwright.Workflows.Shapes;

namespace Voltwright.Workflows.Checking;

/// <summary>
/// Computes what input and <c>$context</c> can be where each task begins, for one way in which runs begin. States are joined where ways meet,
/// until nothing new is found; then every task is gone through once more to see what it reads.
/// </summary>
internal sealed partial class FlowAnalysis(CheckSubject subject, Repairs repairs, Observations observations)
{
    private const int ExactVisits = 4;
    private const int MostVisits = 8;

    private readonly PriorityQueue<FlowPoint, int> _open = new();
    private readonly HashSet<FlowPoint> _queued = [];

    private bool _records;

    /// <param name="start">What <c>$workflow.input</c> is.</param>
    public void Run(Shape start)
    {
        foreach (var point in subject.Plan.Points)
            point.Clear();
        var definition = subject.Definition;
        var state = FlowState.Unknown with { Context = Shape.Null, Start = start };
        var input = Refined(start, definition.Input?.Schema);
        state = state with { Start = input, Input = input };
        Begin(state);
        while (_open.TryDequeue(out var point, out _))
        {
            _queued.Remove(point);
            Visit(point);
        }

        _records = true;
        Begin(state);
        foreach (var point in subject.Plan.Points.Where(p => p.Entry is not null))
        {
            observations.Entries[point] = observations.Entries.TryGetValue(point, out var known) ? known.Or(point.Entry!) : point.Entry!;
            Visit(point);
        }
    }

    private void Begin(FlowState state)
    {
        var from = subject.Definition.Input?.Transform;
        var input = from is null ? state.Input : Transformed(from, state.Input, new Moment(null, state));
        Enter(subject.Plan.Root, state with { Input = input });
    }

    private void Enter(FlowList? list, FlowState state)
    {
        if (list is { Points.Count: > 0 })
            Reach(list.Points[0], state);
        else if (list is not null)
            Leave(list, state, null, exited: false);
    }

    private void Reach(FlowPoint point, FlowState state)
    {
        if (_records || state.IsNever)
            return;
        var joined = point.Entry is null ? state : point.Entry.Or(state);
        if (point.Entry is not null && joined.SameAs(point.Entry))
            return;
        if (point.Visits > ExactVisits)
            joined = joined.Widened(point.Visits > MostVisits);
        point.Entry = joined;
        point.Visits++;
        if (_queued.Add(point))
            _open.Enqueue(point, point.Order);
    }

    private void Visit(FlowPoint point)
    {
        var state = point.Entry!;
        var properties = point.Task.Properties;
        if (properties.If is { } condition)
        {
            var (met, unmet) = Split(condition, state.Input, new Moment(point, state));
            if (unmet is not null)
                Skip(point, unmet);
            if (met is null)
                return;
            state = met;
        }

        var input = Refined(state.Input, properties.Input?.Schema);
        if (properties.Input?.Transform is { } from)
            input = Transformed(from, input, new Moment(point, state));
        if (subject.IsExtended(point.Task))
            (input, state) = (Shape.Any, state with { Context = Shape.Any });
        point.Inside = state with { Input = input };
        Do(point, point.Inside);
    }

    // A task that is skipped exports nothing, and its directive does not count.
    private void Skip(FlowPoint point, FlowState state)
    {
        if (point.Next is { } next)
            Reach(next, state);
        else
            Leave(point.List, state, point, exited: false);
    }

    /// <summary>A task has its raw output: it is transformed, exported, and the flow goes on.</summary>
    /// <param name="then">A directive that comes before the task's own.</param>
    /// <param name="from">The task inside after which that is so, if there is one.</param>
    private void Complete(FlowPoint point, Shape output, Shape context, SourceNode? then = null, FlowPoint? from = null)
    {
        if (_records)
            observations.Outputs[point] = observations.Outputs.GetValueOrDefault(point, Shape.Never).Or(output);
        var entry = point.Entry!;
        var state = entry with { Context = context, Input = point.Inside!.Input };
        if (subject.IsExtended(point.Task))
            (output, state) = (Shape.Any, state with { Context = Shape.Any });
        var properties = point.Task.Properties;
        var moment = new Moment(point, state) { Raw = entry.Input, RawOutput = output, After = from };
        var transformed = properties.Output?.Transform is { } outputAs ? Transformed(outputAs, output, moment) : output;
        transformed = Refined(transformed, properties.Output?.Schema);
        if (properties.Export?.Transform is { } exportAs)
            context = Transformed(exportAs, transformed, moment with { Output = transformed });
        context = Refined(context, properties.Export?.Schema);
        var next = entry with { Input = transformed, Context = context, Start = point.Inside.Start };
        Go(point, then ?? properties.Then, next, then is not null);
    }

    private void Go(FlowPoint point, SourceNode? then, FlowState state, bool overrides)
    {
        if (state.IsNever)
            return;
        switch (then?.Text)
        {
            case null or "continue" when point.List.Role == ListRole.Workflow || point.Next is not null:
                if (repairs.Stops.Contains(point) && !overrides)
                    return;
                if (_records && then is null)
                    observations.FallsThrough.Add(point);
                if (point.Next is { } next)
                    Reach(next, state);
                return;
            case null or "continue":
                Leave(point.List, state, point, exited: false);
                return;
            case "exit":
                Leave(point.List, state, point, exited: true);
                return;
            case "end":
                return;
            case var name:
                if (point.List.Target(name) is { } target)
                    Reach(target, state);
                return;
        }
    }

    /// <summary>A list has ended: its owner goes on.</summary>
    private void Leave(FlowList list, FlowState state, FlowPoint? last, bool exited)
    {
        if (list.Owner is not { Inside: { } inside } owner)
            return;
        switch (list.Role)
        {
            case ListRole.Iteration when owner.Task is ForTask:
                Complete(owner, state.Input, state.Context, from: last);
                if (!exited)
                    Enter(list, state with { Variables = Loop(owner, inside).Variables });
                return;
            case ListRole.Iteration:
                Iterated(owner, list, state);
                return;
            case ListRole.Branch:
                Joined(owner, list.Branch, state);
                return;
            case ListRole.Catch:
                Complete(owner, state.Input, state.Context, ((TryTask)owner.Task).Catch.Then, last);
                return;
            case ListRole.Body when owner.Task is TryTask:
                Complete(owner, state.Input, state.Context, from: last);
                return;
            default:
                Complete(owner, state.Input, state.Context);
                return;
        }
    }
}
