using Voltwright.Workflows.Definitions;
using Voltwright.Workflows.Reading;
using Voltwright.Workflows.Shapes;

namespace Voltwright.Workflows.Checking;

/// <summary>What a task list is to the task around it.</summary>
internal enum ListRole
{
    Workflow,
    Body,
    Catch,
    Branch,
    Iteration,
    Function,
}

/// <summary>A task list as a part of the flow.</summary>
internal sealed class FlowList(FlowPoint? owner, ListRole role, int branch = 0)
{
    private readonly List<FlowPoint> _points = [];
    private readonly Dictionary<string, FlowPoint> _named = new(StringComparer.Ordinal);

    public FlowPoint? Owner => owner;

    public ListRole Role => role;

    /// <summary>Which branch of a fork, from 0.</summary>
    public int Branch => branch;

    public IReadOnlyList<FlowPoint> Points => _points;

    public FlowPoint? Target(string name) => _named.GetValueOrDefault(name);

    /// <summary>Of two of one name the first is meant.</summary>
    public void Add(FlowPoint point)
    {
        _points.Add(point);
        _named.TryAdd(point.Task.Name, point);
    }
}

/// <summary>A task as a point of the flow: as often as it is called, for tasks of functions.</summary>
internal sealed class FlowPoint(TaskDefinition task, FlowList list, int index, int order)
{
    public TaskDefinition Task => task;

    public FlowList List => list;

    public int Index => index;

    /// <summary>The place in the definition, from 0: work is done in this order.</summary>
    public int Order => order;

    /// <summary>The lists inside, in the order of the definition.</summary>
    public List<FlowList> Lists { get; } = [];

    public FlowPoint? Next => index + 1 < list.Points.Count ? list.Points[index + 1] : null;

    // What one analysis finds; cleared for the next.
    public FlowState? Entry { get; set; }

    public int Visits { get; set; }

    /// <summary>The state after <c>input.from</c>.</summary>
    public FlowState? Inside { get; set; }

    /// <summary>Where errors come out of the tasks of a try.</summary>
    public FlowState? Faulted { get; set; }

    /// <summary>Outputs of branches, or of the rounds of a <c>foreach</c>.</summary>
    public Dictionary<int, FlowState> Results { get; } = [];

    public FlowList? Inner(ListRole role) => Lists.Find(l => l.Role == role);

    public void Clear()
    {
        (Entry, Inside, Faulted, Visits) = (null, null, null, 0);
        Results.Clear();
    }
}

/// <summary>Lays a definition's tasks out as points.</summary>
internal sealed class FlowPlan
{
    private const int DeepestFunction = 16;

    private readonly WorkflowDefinition _definition;

    public FlowPlan(WorkflowDefinition definition)
    {
        _definition = definition;
        Root = List(definition.Do.Tasks, null, ListRole.Workflow, []);
    }

    public FlowList Root { get; }

    /// <summary>In the order of the definition.</summary>
    public List<FlowPoint> Points { get; } = [];

    private FlowList List(IReadOnlyList<TaskDefinition> tasks, FlowPoint? owner, ListRole role, IReadOnlyList<string> functions, int branch = 0)
    {
        var list = new FlowList(owner, role, branch);
        owner?.Lists.Add(list);
        foreach (var task in tasks)
        {
            var point = new FlowPoint(task, list, list.Points.Count, Points.Count);
            list.Add(point);
            Points.Add(point);
            Inner(point, functions);
        }

        return list;
    }

    private void Inner(FlowPoint point, IReadOnlyList<string> functions)
    {
        switch (point.Task)
        {
            case DoTask sequence:
                List(sequence.Do.Tasks, point, ListRole.Body, functions);
                break;
            case ForTask loop:
                List(loop.Do.Tasks, point, ListRole.Iteration, functions);
                break;
            case TryTask attempt:
                List(attempt.Try.Tasks, point, ListRole.Body, functions);
                if (attempt.Catch.Do is { } tasks)
                    List(tasks.Tasks, point, ListRole.Catch, functions);
                break;
            case ForkTask fork:
                foreach (var (i, branch) in fork.Branches.Tasks.Index())
                    List([branch], point, ListRole.Branch, functions, i);
                break;
            case ListenTask { ForEach.Do: { } each }:
                List(each.Tasks, point, ListRole.Iteration, functions);
                break;
            case CallProtocolTask { ForEach.Do: { } each }:
                List(each.Tasks, point, ListRole.Iteration, functions);
                break;
            case CallFunctionTask { Function.Text: { } name } when functions.Count < DeepestFunction && Points.Count < SourceLimits.Tasks
                && !functions.Contains(name) && _definition.Use.Functions.TryGetValue(name, out var function):
                List([function], point, ListRole.Function, [.. functions, name]);
                break;
        }
    }
}
